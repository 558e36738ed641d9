-- A customer's configured connection to one element.
CREATE TABLE instance (
    id              bigint PRIMARY KEY,                  -- random, below 2^53: a webhook URL cannot be guessed
    organization_id bigint      NOT NULL REFERENCES organization,
    user_id         bigint      NOT NULL REFERENCES account_user,
    element_key     text        NOT NULL,
    name            text        NOT NULL,
    tags            text[]      NOT NULL,
    configuration   jsonb       NOT NULL,                -- key to string; only what is not secret
    secrets         bytea       NOT NULL,                -- the token and the secret keys, encrypted as one JSON object; empty when deleted
    token_hash      bytea       NOT NULL UNIQUE,         -- SHA-256, to find the instance by its token
    former_token_hash  bytea    UNIQUE,                  -- the token before that one, valid until:
    former_token_until timestamptz,
    disabled        boolean     NOT NULL DEFAULT false,
    marks           text[]      NOT NULL DEFAULT '{}',   -- what its owner has to do
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz                          -- its events stay until retention ends
);
CREATE INDEX instance_of_organization ON instance (organization_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX instance_of_element ON instance (organization_id, element_key, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX instance_by_tag ON instance USING gin (tags) WHERE deleted_at IS NULL;

-- What the shared webhook URL finds instances by: a row for each rule and value, of settings that are not secret.
CREATE TABLE instance_owner (
    instance_id bigint NOT NULL REFERENCES instance,
    element_key text   NOT NULL,
    rule        text   COLLATE "C" NOT NULL,             -- which settings are compared, or the instance's own finder with a | in it
    value       text   COLLATE "C" NOT NULL,
    added       bigint GENERATED ALWAYS AS IDENTITY,     -- who came first is reached first
    PRIMARY KEY (instance_id, rule, value)
);
CREATE UNIQUE INDEX instance_owner_by_value ON instance_owner (element_key, rule, value, added) INCLUDE (instance_id);

-- One callback URL of one instance. A changed URL keeps its row, so what is owed follows to the new address.
CREATE TABLE endpoint (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    instance_id  bigint      NOT NULL REFERENCES instance,
    url          text        NOT NULL,
    position     smallint    NOT NULL,                   -- place in event.notification.callback.url, from 0
    state        text        NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'stopped', 'looped', 'deleted')),
    state_reason text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    changed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX endpoint_of_instance ON endpoint (instance_id);

-- The instances that are there, each with its endpoints as a JSON array.
CREATE VIEW live_instance AS
SELECT i.id, i.organization_id, i.user_id, i.element_key, i.name, i.tags, i.configuration, i.secrets, i.token_hash,
       i.former_token_hash, i.former_token_until, i.disabled, i.marks, i.created_at, i.updated_at,
       (SELECT coalesce(
                   json_agg(
                       json_build_object('id', e.id, 'url', e.url, 'position', e.position,
                                         'state', upper(e.state), 'reason', e.state_reason)
                       ORDER BY e.position),
                   '[]')
          FROM endpoint e
         WHERE e.instance_id = i.id AND e.state <> 'deleted') AS endpoints
  FROM instance i
 WHERE i.deleted_at IS NULL;
