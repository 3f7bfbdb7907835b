-- What an app is reached at inside the mesh, for as long as it lives. A row stays when its app is
-- removed: the address rests, and the same app deployed again has it back while nobody else has
-- it. Without an app: at rest after a restore. Apps from before get theirs when the control plane
-- starts. Written by the room mesh.
CREATE TABLE service_addresses (
  address TEXT PRIMARY KEY,
  environment_id TEXT REFERENCES environments (id),
  assigned_at BIGINT NOT NULL,
  released_at BIGINT
);
CREATE UNIQUE INDEX service_addresses_living ON service_addresses (environment_id)
  WHERE released_at IS NULL;
