-- A deactivated endpoint gets nothing until it is reactivated: what it is owed stays parked. An answer of 410 deactivates, too;
-- 'stopped' was its word before.
ALTER TABLE endpoint DROP CONSTRAINT endpoint_state_check;
ALTER TABLE endpoint ADD CONSTRAINT endpoint_state_check
    CHECK (state IN ('active', 'deactivated', 'stopped', 'looped', 'deleted'));
UPDATE endpoint SET state = 'deactivated' WHERE state = 'stopped';

-- Where an organization wants to be told of what happens to its endpoints, and the key that signs it, encrypted.
ALTER TABLE organization ADD COLUMN notice_url text, ADD COLUMN notice_key bytea;

-- What organizations are told. Written by the statement that changes what it tells of, so none is lost; a row that was
-- delivered goes, one that was given up stays for a month.
CREATE TABLE notice (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organization_id bigint      NOT NULL REFERENCES organization,
    topic           text        NOT NULL,
    message         json        NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    due_at          timestamptz DEFAULT now(),             -- while claimed, the lease's end; null: given up
    attempts        integer     NOT NULL DEFAULT 0,
    generation      integer     NOT NULL DEFAULT 0,        -- counts claims: who holds an older one changes nothing
    last_error      text
);
CREATE INDEX notice_due ON notice (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notice_given_up ON notice (created_at) WHERE due_at IS NULL;
