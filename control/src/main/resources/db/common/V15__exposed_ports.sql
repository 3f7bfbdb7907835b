-- Ports of the machines that lead to an app without HTTP: tcp of every ingress node, udp of every
-- node that runs the app. Without a target: the port the app serves on. A removed app's go with the
-- next one that is taken. Written by the room port.
CREATE TABLE exposed_ports (
  protocol TEXT NOT NULL,
  port INTEGER NOT NULL,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  target INTEGER,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (protocol, port)
);
