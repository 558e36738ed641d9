-- The same counts by the hour, and of all instances together: what a chart of a week would add up from millions of minutes
-- otherwise. Written with the counts by the minute, in rows of each epoch's own like those.
CREATE TABLE event_rollup_hour (
    organization_id bigint      NOT NULL,
    instance_id     bigint      NOT NULL,                -- before the hour: an instance's hours of a day lie together
    hour            timestamptz NOT NULL,
    epoch           integer     NOT NULL,
    received        bigint      NOT NULL,
    delivered       bigint      NOT NULL,
    failed          bigint      NOT NULL,
    PRIMARY KEY (organization_id, instance_id, hour, epoch)
) PARTITION BY RANGE (hour);

CREATE TABLE event_rollup_total (
    organization_id bigint      NOT NULL,
    minute          timestamptz NOT NULL,
    epoch           integer     NOT NULL,
    received        bigint      NOT NULL,
    delivered       bigint      NOT NULL,
    failed          bigint      NOT NULL,
    PRIMARY KEY (organization_id, minute, epoch)
) PARTITION BY RANGE (minute);

-- What was counted before, on the days it was counted.
DO $$
DECLARE
    day record;
BEGIN
    FOR day IN SELECT replace(child.relname, 'event_rollup_', '') AS suffix, pg_get_expr(child.relpartbound, child.oid) AS bound
                 FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
                WHERE inhparent = 'event_rollup'::regclass
    LOOP
        EXECUTE format('CREATE TABLE event_rollup_hour_%s PARTITION OF event_rollup_hour %s', day.suffix, day.bound);
        EXECUTE format('CREATE TABLE event_rollup_total_%s PARTITION OF event_rollup_total %s', day.suffix, day.bound);
    END LOOP;
END
$$;

INSERT INTO event_rollup_hour (organization_id, instance_id, hour, epoch, received, delivered, failed)
SELECT organization_id, instance_id, date_trunc('hour', minute, 'UTC'), epoch, sum(received), sum(delivered), sum(failed)
  FROM event_rollup GROUP BY 1, 2, 3, 4;

INSERT INTO event_rollup_total (organization_id, minute, epoch, received, delivered, failed)
SELECT organization_id, minute, epoch, sum(received), sum(delivered), sum(failed) FROM event_rollup GROUP BY 1, 2, 3;
