-- Pairs of nodes that don't reach each other, and the node that passes their traffic on. No row:
-- the direct way. Kept, so that a restarted control plane goes on from where it was. Written by the
-- room mesh.
CREATE TABLE mesh_paths (
  low_node TEXT NOT NULL REFERENCES nodes (id),
  high_node TEXT NOT NULL REFERENCES nodes (id),
  via_node TEXT NOT NULL REFERENCES nodes (id),
  since BIGINT NOT NULL,
  PRIMARY KEY (low_node, high_node)
);

-- Nodes whose WireGuard key is being rotated now, one after the other. The next key is what peers
-- are told beside the one in nodes; from turn_at on the node uses it. Written by the room mesh.
CREATE TABLE mesh_keys (
  node_id TEXT PRIMARY KEY REFERENCES nodes (id),
  next_key TEXT,
  turn_at BIGINT
);
