-- When a release began to serve, null if it never did; number of the release a rollback repeats.
ALTER TABLE deployments ADD COLUMN served_at BIGINT;
ALTER TABLE deployments ADD COLUMN rollback_of INTEGER;
UPDATE deployments SET served_at = finished_at
  WHERE state = 'serving' OR (state = 'superseded' AND reason LIKE '% serves');

-- What the next release of an environment gets. Plain ones are sealed too: people keep in them what
-- they should not.
CREATE TABLE variables (
  environment_id TEXT NOT NULL REFERENCES environments (id),
  name TEXT NOT NULL,
  secret INTEGER NOT NULL,
  sealed TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  PRIMARY KEY (environment_id, name)
);
