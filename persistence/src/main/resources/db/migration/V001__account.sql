-- Who may call the API. Number 1 is the organization and the user of the settings; others come after them.
-- Secrets are stored as SHA-256 of the secret's UTF-8 bytes: they are looked up, never shown. A replaced one stays valid
-- until former_secret_until.
CREATE TABLE organization (
    id                  bigint GENERATED ALWAYS AS IDENTITY (START WITH 2) PRIMARY KEY,
    name                text        NOT NULL,
    secret_hash         bytea       NOT NULL UNIQUE,
    former_secret_hash  bytea       UNIQUE,
    former_secret_until timestamptz,
    created_at          timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE account_user (
    id                  bigint GENERATED ALWAYS AS IDENTITY (START WITH 2) PRIMARY KEY,
    organization_id     bigint      NOT NULL REFERENCES organization,
    email_address       text        NOT NULL,
    first_name          text        NOT NULL,
    last_name           text        NOT NULL,
    secret_hash         bytea       NOT NULL UNIQUE,
    former_secret_hash  bytea       UNIQUE,
    former_secret_until timestamptz,
    created_at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX user_of_organization ON account_user (organization_id, id);
