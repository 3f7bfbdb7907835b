-- Host names, or parts of their paths, that lead to an app, with what visitors must do to enter.
-- What an app is called under the cluster's own domain needs no row.
CREATE TABLE domains (
  id TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  path TEXT NOT NULL,
  environment_id TEXT NOT NULL REFERENCES environments (id),
  settings TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  removed_at BIGINT,
  version BIGINT NOT NULL
);
CREATE UNIQUE INDEX domains_living ON domains (host, path) WHERE removed_at IS NULL;
CREATE INDEX domains_app ON domains (environment_id);

-- What ingress nodes show visitors; chain and key as one PEM, sealed.
CREATE TABLE host_certificates (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  hosts TEXT NOT NULL,
  hash TEXT NOT NULL,
  pem_sealed TEXT NOT NULL,
  issuer TEXT NOT NULL,
  not_before BIGINT NOT NULL,
  not_after BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  removed_at BIGINT
);
CREATE INDEX host_certificates_hash ON host_certificates (hash);

-- Where getting a certificate for a host stands.
CREATE TABLE acme_hosts (
  host TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  problem TEXT NOT NULL,
  failures INTEGER NOT NULL,
  next_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- What ingress nodes answer a certificate authority that asks for a proof.
CREATE TABLE acme_answers (
  token TEXT PRIMARY KEY,
  host TEXT NOT NULL,
  authorization_text TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
