-- A release takes over in two moments: the routes lead to it, and every living ingress node has
-- taken them. A replica that has left the routes is stopped only when every ingress node knows.
ALTER TABLE deployments ADD COLUMN switched_at BIGINT;
ALTER TABLE deployments ADD COLUMN routed_at BIGINT;
UPDATE deployments SET switched_at = served_at, routed_at = served_at WHERE served_at IS NOT NULL;
ALTER TABLE deployment_containers ADD COLUMN unrouted_at BIGINT;
UPDATE deployment_containers SET unrouted_at = retired_at WHERE removed_at IS NOT NULL;
