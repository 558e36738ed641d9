-- Who is signed in to the console. What a browser shows is not here, only its hash. A session stands and falls with the
-- secret it was opened by, so it keeps that one's hash: a replaced secret ends it when it ends for the API.
CREATE TABLE console_session (
    id          bytea       PRIMARY KEY,
    user_id     bigint      NOT NULL REFERENCES account_user ON DELETE CASCADE,
    secret_hash bytea       NOT NULL,
    opened_at   timestamptz NOT NULL DEFAULT now(),
    seen_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX console_session_by_user ON console_session (user_id);
