-- When a release began to serve, null if it never did; number of the release a rollback repeats.
ALTER TABLE deployments ADD COLUMN served_at BIGINT;
ALTER TABLE deployments ADD COLUMN rollback_of INTEGER;
UPDATE deployments SET served_at = finished_at
  WHERE state = 'serving' OR (state = 'superseded' AND reason LIKE '% serves');
