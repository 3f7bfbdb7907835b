-- Long work with steps: it survives the end of the control plane at any step and goes on.
-- Written by the room operation; progress by whoever does the work.
CREATE TABLE operations (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  state TEXT NOT NULL,
  step TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  reason TEXT,
  deadline_at BIGINT,
  cancel_asked_by TEXT,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX operations_created ON operations (created_at);
-- One of a kind at a time for a subject; the second request finds the first.
CREATE UNIQUE INDEX operations_running ON operations (kind, subject) WHERE finished_at IS NULL;
