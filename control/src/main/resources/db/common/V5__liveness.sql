-- Nodes that are down, with the reason in words. The rest of liveness lives in memory; this must
-- outlive a start of the control plane, or a dead machine would count as ready until it is missed.
CREATE TABLE lost_nodes (
  node_id TEXT PRIMARY KEY REFERENCES nodes (id),
  at BIGINT NOT NULL,
  reason TEXT NOT NULL
);
