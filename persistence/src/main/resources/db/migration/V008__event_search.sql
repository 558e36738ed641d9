-- What finds events by other than instance and time: a row for each of an event's first 200 items, or one without an item.
-- Written with the outcomes of its deliveries, never by intake; one partition a UTC day, dropped with the event's.
CREATE TABLE event_search (
    organization_id bigint      NOT NULL,
    event_id        uuid        NOT NULL,
    item            smallint    NOT NULL,                -- from 0
    received_at     timestamptz NOT NULL,
    instance_id     bigint      NOT NULL,
    object_type     text,                                -- cut to 200 characters, like the next two
    object_id       text,
    event_type      text,
    deliveries      integer     NOT NULL,                -- owed as of its commit
    added           integer     NOT NULL,                -- owed since, to endpoints it was not owed to then
    delivered       integer     NOT NULL,
    failed          integer     NOT NULL,                -- ended otherwise than delivered
    attempted       boolean     NOT NULL,
    status          text        NOT NULL GENERATED ALWAYS AS (
        CASE WHEN failed > 0 THEN 'FAILED'
             WHEN deliveries + added > 0 AND delivered >= deliveries + added THEN 'NOTIFIED'
             WHEN attempted THEN 'DISPATCHED'
             ELSE 'RECEIVED' END) STORED,
    status_before   text,                                -- of the last change; null when there was none
    PRIMARY KEY (organization_id, event_id, item, received_at)
) PARTITION BY RANGE (received_at);
CREATE INDEX event_search_object ON event_search (organization_id, object_id, event_id);
CREATE INDEX event_search_type ON event_search (instance_id, object_type, event_id);
-- The healthy path never enters these two: a row begins as NOTIFIED there.
CREATE INDEX event_search_open ON event_search (instance_id, status, event_id) WHERE status <> 'NOTIFIED';
CREATE INDEX event_search_open_all ON event_search (organization_id, status, event_id) WHERE status <> 'NOTIFIED';

-- Events by the minute of their receipt. Each epoch counts in rows of its own, so that no two nodes wait for each other.
CREATE TABLE event_rollup (
    organization_id bigint      NOT NULL,
    minute          timestamptz NOT NULL,
    instance_id     bigint      NOT NULL,
    epoch           integer     NOT NULL,
    received        bigint      NOT NULL,
    delivered       bigint      NOT NULL,                -- now NOTIFIED
    failed          bigint      NOT NULL,                -- now FAILED
    PRIMARY KEY (organization_id, minute, instance_id, epoch)
) PARTITION BY RANGE (minute);
