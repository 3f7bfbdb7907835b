-- What each node's ingress answered for each app within resolution seconds from at on; no row where
-- nothing was asked. The key begins as node_metrics' does, for the same reasons. Answers are counts
-- by class of status (1xx to 5xx, none at all), durations counts by bucket (contract
-- agent/Durations), both as text with spaces between.
CREATE TABLE app_traffic (
  resolution INTEGER NOT NULL,
  at BIGINT NOT NULL,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  node_id TEXT NOT NULL REFERENCES nodes (id),
  answers TEXT NOT NULL,
  received_bytes BIGINT NOT NULL,
  sent_bytes BIGINT NOT NULL,
  retries BIGINT NOT NULL,
  connections BIGINT NOT NULL,
  millis BIGINT NOT NULL,
  durations TEXT NOT NULL,
  PRIMARY KEY (resolution, at, environment_id, node_id)
);
