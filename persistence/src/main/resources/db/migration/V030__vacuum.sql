-- What is found by search is changed long after it was written: an outage of callbacks leaves two dead rows an event in a table
-- that is large by then, and by the server's settings a vacuum would come after a fifth of a day. It comes after a fiftieth,
-- as owed_delivery's does. Partitions that are made from now on have this from the beginning.
DO $$
DECLARE
    day regclass;
BEGIN
    FOR day IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'event_search'::regclass
    LOOP
        EXECUTE format('ALTER TABLE %s SET (autovacuum_vacuum_scale_factor = 0.02)', day);
    END LOOP;
END
$$;
