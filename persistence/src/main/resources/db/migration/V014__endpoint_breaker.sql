-- Whether an endpoint is called now. It stands here and not only in a node's memory, so that all nodes agree and neither a
-- restart nor a forgotten lane closes an open breaker. Nothing here is written while calls succeed.
ALTER TABLE endpoint
    ADD COLUMN breaker text NOT NULL DEFAULT 'closed' CHECK (breaker IN ('closed', 'open', 'recovering')),
    ADD COLUMN breaker_due_at     timestamptz,                 -- open: the next probe; recovering: the next chunk; while a node is at it, its lease's end
    ADD COLUMN breaker_generation integer  NOT NULL DEFAULT 0, -- counts claims and changes: who holds an older one changes nothing
    ADD COLUMN openings           smallint NOT NULL DEFAULT 0, -- since it was last closed: each stays open longer
    ADD COLUMN chunk              integer  NOT NULL DEFAULT 0, -- how many parked deliveries recovery lets go next
    ADD COLUMN failing_since      timestamptz,                 -- when it opened first, without a success since
    ADD COLUMN last_error         text,                        -- what the callback came to then, for people
    ADD COLUMN probed_event_id    uuid;                        -- the last probe's: the next one takes another delivery
CREATE INDEX endpoint_breaker_due ON endpoint (breaker_due_at) WHERE breaker <> 'closed';

-- Attempts that were probes of an open breaker: they are in the log, and use up nothing of the schedule.
ALTER TABLE owed_delivery ADD COLUMN probes integer NOT NULL DEFAULT 0;
-- What is due, in the order in which it is claimed: all that was let go at one time has one due time.
CREATE INDEX owed_delivery_in_order ON owed_delivery (endpoint_id, due_at, event_id) WHERE due_at IS NOT NULL;
DROP INDEX owed_delivery_due;
-- Parked deliveries, in the order of their events.
CREATE INDEX owed_delivery_parked ON owed_delivery (endpoint_id, event_id, part) WHERE due_at IS NULL;

CREATE OR REPLACE VIEW live_instance AS
SELECT i.id, i.organization_id, i.user_id, i.element_key, i.name, i.tags, i.configuration, i.secrets, i.token_hash,
       i.former_token_hash, i.former_token_until, i.disabled, i.marks, i.created_at, i.updated_at,
       (SELECT coalesce(
                   json_agg(
                       json_build_object('id', e.id, 'url', e.url, 'position', e.position,
                                         'state', upper(e.state), 'reason', e.state_reason, 'breaker', upper(e.breaker))
                       ORDER BY e.position),
                   '[]')
          FROM endpoint e
         WHERE e.instance_id = i.id AND e.state <> 'deleted') AS endpoints
  FROM instance i
 WHERE i.deleted_at IS NULL;
