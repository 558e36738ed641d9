-- The attempt log: append-only, one partition a UTC day. A row with an ending is the last of its delivery.
CREATE TABLE attempt (
    event_id         uuid        NOT NULL,
    endpoint_id      bigint      NOT NULL,
    part             smallint    NOT NULL,               -- from 0
    attempt          integer     NOT NULL,               -- 1-based; the count made before, for an ending without attempt
    attempted_at     timestamptz NOT NULL,
    instance_id      bigint      NOT NULL,
    outcome          text        NOT NULL,               -- success, refused, timed_out … none for an ending without attempt
    ending           text CHECK (ending IN ('delivered', 'exhausted', 'gone', 'deleted', 'expired', 'poison')),
    status           smallint,                           -- the callback's HTTP status, null without an answer
    duration_micros  bigint      NOT NULL,
    response         bytea,                              -- the first KB of a failed answer's body
    error            text,
    PRIMARY KEY (event_id, endpoint_id, part, attempt, attempted_at)
) PARTITION BY RANGE (attempted_at);

-- Owed deliveries: the only queue. A delivery has a row here, or an ending in the attempt log, or is in a node's memory.
CREATE TABLE owed_delivery (
    endpoint_id     bigint      NOT NULL,
    event_id        uuid        NOT NULL,
    part            smallint    NOT NULL,
    instance_id     bigint      NOT NULL,
    attempts        integer     NOT NULL,                -- made so far
    first_failed_at timestamptz,                         -- null until one failed
    due_at          timestamptz,                         -- may be claimed from then; while leased, the lease's end; null is parked
    generation      integer     NOT NULL DEFAULT 0,      -- counts claims: who holds an older one has lost its lease
    claims          smallint    NOT NULL DEFAULT 0,      -- since the last outcome
    PRIMARY KEY (endpoint_id, event_id, part)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX owed_delivery_due ON owed_delivery (endpoint_id, due_at) WHERE due_at IS NOT NULL;
