-- What an instance may do at its provider, and with which client it got that: encrypted as one JSON object.
-- Refresh tokens are mostly single use, so only the holder of the row's lease asks for new ones; no transaction stays open
-- meanwhile. Outlives its instance until the tokens are given back.
CREATE TABLE provider_token (
    instance_id  bigint PRIMARY KEY REFERENCES instance,
    sealed       bytea       NOT NULL,
    generation   bigint      NOT NULL DEFAULT 1,           -- counts grants: whoever comes with an older one changes nothing
    expires_at   timestamptz,                              -- null: never, or not known
    refresh_at   timestamptz,                              -- when new tokens are asked for; null: not by the clock
    failures     integer     NOT NULL DEFAULT 0,           -- of refreshing, since the last success
    problem      text,                                     -- why it cannot be refreshed any more, for people
    leave_at     timestamptz,                              -- the instance is gone: when to say good-bye to the provider
    lease_owner  uuid,
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    changed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX provider_token_due ON provider_token (refresh_at) WHERE refresh_at IS NOT NULL AND leave_at IS NULL;
CREATE INDEX provider_token_leaving ON provider_token (leave_at) WHERE leave_at IS NOT NULL;
