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
