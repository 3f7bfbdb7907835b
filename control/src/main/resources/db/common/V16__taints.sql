-- What keeps workloads off a node that do not tolerate it: VALUE:EFFECT by key, as JSON. Written by
-- the room node.
ALTER TABLE nodes ADD COLUMN taints TEXT NOT NULL DEFAULT '{}';
