-- What a token reaches: JSON list of project names; of which roles it counts says access/Grant.
ALTER TABLE api_tokens ADD COLUMN projects TEXT NOT NULL DEFAULT '[]';
ALTER TABLE api_tokens ADD COLUMN created_by TEXT NOT NULL DEFAULT 'first start';
ALTER TABLE api_tokens ADD COLUMN last_used_at BIGINT;
CREATE UNIQUE INDEX api_tokens_name_living ON api_tokens (name) WHERE revoked_at IS NULL;

-- Pages go backwards by time and id.
CREATE INDEX events_subject ON events (subject, at);
CREATE INDEX events_node ON events (node_id, at);
CREATE INDEX audit_log_actor ON audit_log (actor, at);

-- Usage of each node, averages over resolution seconds from at on. The key has the time before
-- the node: what is written and what is dropped then lies side by side, and the times of one
-- node's history are multiples of the resolution, so it is read by exact keys.
CREATE TABLE node_metrics (
  resolution INTEGER NOT NULL,
  at BIGINT NOT NULL,
  node_id TEXT NOT NULL REFERENCES nodes (id),
  cpu_millis BIGINT NOT NULL,
  memory_bytes BIGINT NOT NULL,
  disk_bytes BIGINT NOT NULL,
  load_thousandths BIGINT NOT NULL,
  containers INTEGER NOT NULL,
  samples INTEGER NOT NULL,
  PRIMARY KEY (resolution, at, node_id)
);
