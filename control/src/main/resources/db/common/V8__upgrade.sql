-- What an upgrade brings, and each node's turn in it. Written by the room upgrade.
CREATE TABLE upgrades (
  operation_id TEXT PRIMARY KEY REFERENCES operations (id),
  sha256 TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  version TEXT NOT NULL,
  contract INTEGER NOT NULL,
  schema_version INTEGER NOT NULL
);
CREATE TABLE upgrade_nodes (
  operation_id TEXT NOT NULL REFERENCES operations (id),
  node_id TEXT NOT NULL,
  node_name TEXT NOT NULL,
  place INTEGER NOT NULL,
  state TEXT NOT NULL,
  detail TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (operation_id, node_id)
);
