-- Data of apps that stays when their containers go. A row is one life of a volume, on one node; the
-- next one has the same id and a higher generation. It belongs to an environment by its names, so
-- that an app that was removed and is deployed again finds it.
CREATE TABLE volumes (
  id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  project TEXT NOT NULL,
  environment TEXT NOT NULL,
  app TEXT NOT NULL,
  name TEXT NOT NULL,
  node_id TEXT NOT NULL REFERENCES nodes (id),
  state TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  removed_at BIGINT,
  PRIMARY KEY (id, generation)
);
CREATE UNIQUE INDEX volumes_living ON volumes (project, environment, name)
  WHERE removed_at IS NULL;
CREATE INDEX volumes_node ON volumes (node_id);
