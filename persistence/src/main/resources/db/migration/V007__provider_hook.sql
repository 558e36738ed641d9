-- The webhooks that we registered for an instance at its provider, and what their addresses there are made of: both are
-- needed again when the configuration has changed since, or the instance is gone.
CREATE TABLE provider_hook (
    instance_id  bigint PRIMARY KEY REFERENCES instance,
    wanted_url   text        NOT NULL,                     -- where they shall lead, without any secret
    url          text        NOT NULL DEFAULT '',          -- where those that stand lead; empty: they are to be made anew
    hook_ids     text[]      NOT NULL DEFAULT '{}',        -- the provider's
    settings     jsonb       NOT NULL DEFAULT '{}',        -- the configuration they were registered with; nothing secret
    due_at       timestamptz NOT NULL DEFAULT now(),       -- when to look at them next
    failures     integer     NOT NULL DEFAULT 0,           -- since the last success
    problem      text,                                     -- what keeps them from standing, for people
    lease_owner  uuid,                                     -- one at a time registers and removes
    leased_until timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX provider_hook_due ON provider_hook (due_at);
