-- What attempts came to, by the minute of their end: of each endpoint, and as endpoint 0 of all of an organization's together.
-- Nodes add to it every few seconds what they counted in memory; one partition a UTC day, kept as long as the attempts.
CREATE TABLE attempt_rollup (
    organization_id bigint      NOT NULL,
    endpoint_id     bigint      NOT NULL,
    minute          timestamptz NOT NULL,
    attempts        bigint      NOT NULL,
    succeeded       bigint      NOT NULL,
    durations       bigint[]    NOT NULL,                -- how many took how long, on a fixed scale; cut after the last
    PRIMARY KEY (organization_id, endpoint_id, minute)
) PARTITION BY RANGE (minute);
