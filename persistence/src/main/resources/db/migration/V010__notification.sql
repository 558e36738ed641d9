-- Endpoints by their URL: customers name them so when they ask for what is queued. By its hash, because a URL may be longer
-- than an index takes.
CREATE INDEX endpoint_by_url ON endpoint (md5(url), id);

-- Notifications that somebody has acknowledged: what a person has seen, nothing that delivery goes by. One partition a UTC
-- day of the acknowledgement, which is never before its event's: so each may go when that event has gone.
CREATE TABLE acknowledgement (
    event_id        uuid        NOT NULL,
    endpoint_id     bigint      NOT NULL,
    part            smallint    NOT NULL,
    acknowledged_at timestamptz NOT NULL DEFAULT now(),
    user_id         bigint      NOT NULL,
    PRIMARY KEY (event_id, endpoint_id, part, acknowledged_at)
) PARTITION BY RANGE (acknowledged_at);
