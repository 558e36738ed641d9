-- A customer's order to send many events again: it goes through an instance's events in the order of time, and goes on
-- where it was after any interruption.
CREATE TABLE redelivery_job (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization_id bigint      NOT NULL REFERENCES organization,
    instance_id     bigint      NOT NULL REFERENCES instance,
    after_id        uuid        NOT NULL,                -- all of it up to this event is done
    before_id       uuid        NOT NULL,                -- where it ends
    status          text,                                -- the filter; null lets all through
    object_type     text,
    object_id       text,
    event_type      text,
    state           text        NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done', 'cancelled')),
    events          bigint      NOT NULL DEFAULT 0,      -- sent again so far
    deliveries      bigint      NOT NULL DEFAULT 0,
    next_at         timestamptz NOT NULL DEFAULT now(),  -- may be claimed from then; while claimed, the lease's end
    generation      integer     NOT NULL DEFAULT 0,      -- counts claims: who holds an older one has lost it
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX redelivery_job_due ON redelivery_job (next_at) WHERE state = 'running';
CREATE INDEX redelivery_job_of_instance ON redelivery_job (instance_id, id);
