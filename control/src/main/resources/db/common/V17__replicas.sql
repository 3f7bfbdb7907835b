-- Every pass asks of each release which of its replicas live: those that left must not be in the way,
-- however many there were. Written by the room deployment.
DROP INDEX deployment_containers_of;
CREATE INDEX deployment_containers_of ON deployment_containers (deployment_id, removed_at);
CREATE INDEX deployment_containers_removed ON deployment_containers (removed_at)
  WHERE removed_at IS NOT NULL;
