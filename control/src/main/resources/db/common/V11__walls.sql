-- Whose container has an address, so that every node knows which belong together; null: nobody's.
-- It stays while the address rests. Written by the room mesh.
ALTER TABLE addresses ADD COLUMN project_id TEXT REFERENCES projects (id);
UPDATE addresses SET project_id =
  (SELECT e.project_id FROM deployment_containers c
   JOIN deployments d ON d.id = c.deployment_id
   JOIN environments e ON e.id = d.environment_id
   WHERE c.id = addresses.owner_id);

-- Pairs of projects that may talk to each other, both ways; the lower id first. Written by the
-- room wall.
CREATE TABLE project_links (
  low_project TEXT NOT NULL REFERENCES projects (id),
  high_project TEXT NOT NULL REFERENCES projects (id),
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (low_project, high_project)
);
