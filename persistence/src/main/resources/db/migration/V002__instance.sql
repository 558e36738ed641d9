-- A customer's configured connection to one element.
CREATE TABLE instance (
    id              bigint PRIMARY KEY,                  -- random, below 2^53: a webhook URL cannot be guessed
    organization_id bigint      NOT NULL REFERENCES organization,
    user_id         bigint      NOT NULL REFERENCES account_user,
    element_key     text        NOT NULL,
    name            text        NOT NULL,
    tags            text[]      NOT NULL,
    configuration   jsonb       NOT NULL,                -- key to string; only what is not secret
    secrets         bytea       NOT NULL,                -- the secret keys and the token, encrypted as one JSON object
    token_hash      bytea       NOT NULL UNIQUE,         -- SHA-256, to find the instance by its token
    disabled        boolean     NOT NULL DEFAULT false,
    marks           text[]      NOT NULL DEFAULT '{}',   -- what its owner has to do
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    deleted_at      timestamptz                          -- its events stay until retention ends
);
CREATE INDEX instance_of_organization ON instance (organization_id, id) WHERE deleted_at IS NULL;

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
