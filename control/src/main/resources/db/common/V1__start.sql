-- The subset SQLite and PostgreSQL share: text ids, epoch-millisecond bigints, JSON as text,
-- 0/1 integers for truth. Who writes which column stands in each room's package-info.

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- Sealed with the master key: CA key, control plane's own key, signing keys.
CREATE TABLE secrets (
  name TEXT PRIMARY KEY,
  sealed TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE nodes (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  mesh_index INTEGER NOT NULL UNIQUE,
  mesh_address TEXT NOT NULL,
  subnet TEXT NOT NULL,
  identity_key TEXT NOT NULL,
  wireguard_key TEXT NOT NULL,
  wireguard_port INTEGER NOT NULL,
  endpoints TEXT NOT NULL,
  availability TEXT NOT NULL,
  labels TEXT NOT NULL,
  ingress INTEGER NOT NULL,
  control_plane INTEGER NOT NULL,
  host_facts TEXT NOT NULL,
  agent_version TEXT NOT NULL,
  contract_version INTEGER NOT NULL,
  boot_id TEXT,
  joined_at BIGINT NOT NULL,
  first_ready_at BIGINT,
  last_report_at BIGINT,
  removed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX nodes_name_living ON nodes (name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX nodes_key_living ON nodes (identity_key) WHERE removed_at IS NULL;

CREATE TABLE join_tokens (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  name TEXT,
  labels TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_key TEXT,
  used_at BIGINT,
  used_node TEXT REFERENCES nodes (id),
  revoked_at BIGINT
);

CREATE TABLE api_tokens (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  secret_hash TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);

CREATE TABLE projects (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  removed_at BIGINT
);
CREATE UNIQUE INDEX projects_name_living ON projects (name) WHERE removed_at IS NULL;

CREATE TABLE environments (
  id TEXT PRIMARY KEY,
  project_id TEXT NOT NULL REFERENCES projects (id),
  name TEXT NOT NULL,
  app TEXT NOT NULL,
  desired TEXT NOT NULL,
  replicas INTEGER NOT NULL,
  restart_generation BIGINT NOT NULL,
  next_number INTEGER NOT NULL,
  created_at BIGINT NOT NULL,
  removed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX environments_living ON environments (project_id, name) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX environments_app_living ON environments (app) WHERE removed_at IS NULL;

CREATE TABLE deployments (
  id TEXT PRIMARY KEY,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  number INTEGER NOT NULL,
  image TEXT NOT NULL,
  digest TEXT,
  local_image_id TEXT,
  settings TEXT NOT NULL,
  env_sealed TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  version BIGINT NOT NULL,
  UNIQUE (environment_id, number)
);

CREATE TABLE deployment_containers (
  id TEXT PRIMARY KEY,
  deployment_id TEXT NOT NULL REFERENCES deployments (id),
  node_id TEXT NOT NULL REFERENCES nodes (id),
  ordinal INTEGER NOT NULL,
  address TEXT NOT NULL,
  desired TEXT NOT NULL,
  restart_generation BIGINT NOT NULL,
  cpu_millis BIGINT NOT NULL,
  memory_bytes BIGINT NOT NULL,
  placed_because TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  retired_at BIGINT,
  removed_at BIGINT,
  observed_state TEXT NOT NULL,
  observed_health TEXT NOT NULL,
  observed_reason TEXT,
  observed_restarts INTEGER NOT NULL,
  observed_exit_code INTEGER,
  observed_generation BIGINT NOT NULL,
  observed_started_at BIGINT NOT NULL,
  observed_at BIGINT NOT NULL
);
CREATE INDEX deployment_containers_node ON deployment_containers (node_id) WHERE removed_at IS NULL;
CREATE INDEX deployment_containers_of ON deployment_containers (deployment_id);

-- An address rests ten minutes after its owner is gone.
CREATE TABLE addresses (
  address TEXT PRIMARY KEY,
  node_id TEXT NOT NULL REFERENCES nodes (id),
  owner_id TEXT NOT NULL,
  assigned_at BIGINT NOT NULL,
  released_at BIGINT
);

CREATE TABLE registries (
  host TEXT PRIMARY KEY,
  username TEXT NOT NULL,
  password_sealed TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Revisions of what each node is told; they only grow while the epoch stays.
CREATE TABLE assignment_revisions (
  node_id TEXT NOT NULL REFERENCES nodes (id),
  section TEXT NOT NULL,
  revision BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (node_id, section)
);

CREATE TABLE events (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  node_id TEXT,
  reason TEXT NOT NULL
);
CREATE INDEX events_at ON events (at);

CREATE TABLE audit_log (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  source TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX audit_log_at ON audit_log (at);
