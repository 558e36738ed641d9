-- The event log: append-only, one partition a UTC day. Its primary key is its only index: it serves lists (an instance's
-- events in order of time), finds one event (the public id holds all three columns) and bounds a recovery's scan.
CREATE TABLE event (
    instance_id  bigint      NOT NULL,
    id           uuid        NOT NULL,                   -- version 7: received_at to the microsecond, epoch, sequence
    received_at  timestamptz NOT NULL,                   -- the database's clock when the group began
    epoch        integer     NOT NULL,
    sequence     bigint      NOT NULL,
    endpoint_ids bigint[]    NOT NULL,                   -- to whom it is owed, as of its commit
    parts        smallint    NOT NULL,                   -- notifications an endpoint: 20 items each
    content_type text        NOT NULL,
    headers      json        NOT NULL,                   -- the request headers worth keeping
    items        json        NOT NULL,
    failure      text,                                   -- why normalising failed, or null
    body         bytea       NOT NULL,                   -- the very bytes received
    PRIMARY KEY (instance_id, id, received_at)
) PARTITION BY RANGE (received_at);

-- The body's compression is this table's main cost. lz4 where the server has it; no compression beats pglz.
DO $$
BEGIN
    ALTER TABLE event ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN OTHERS THEN
    ALTER TABLE event ALTER COLUMN body SET STORAGE EXTERNAL;
END
$$;

-- What has been seen: a hash of the instance and the provider's event id. One partition a day.
CREATE TABLE dedupe_key (
    key uuid NOT NULL,
    day date NOT NULL,
    PRIMARY KEY (key, day)
) PARTITION BY RANGE (day);
