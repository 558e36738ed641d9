-- Which of its endpoint's URLs an attempt went to, by number, so that it is shown beside that one when the URL has been changed.
-- Null is the first: an endpoint that keeps its URL costs nothing in the attempt log.
ALTER TABLE attempt ADD COLUMN url_number integer;
ALTER TABLE endpoint ADD COLUMN url_number integer NOT NULL DEFAULT 1;
-- What URL these had before is not known, if they had another; what was attempted until now counts for it.
UPDATE endpoint SET url_number = 2 WHERE changed_at > created_at;

CREATE TABLE endpoint_former_url (
    endpoint_id bigint      NOT NULL REFERENCES endpoint,
    url_number  integer     NOT NULL,
    url         text        NOT NULL,
    until       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (endpoint_id, url_number)
);
CREATE INDEX endpoint_former_url_until ON endpoint_former_url (until);

-- By a trigger, because a node of the version before changes URLs, too.
CREATE FUNCTION endpoint_former_url() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO endpoint_former_url (endpoint_id, url_number, url) VALUES (OLD.id, OLD.url_number, OLD.url);
    NEW.url_number := OLD.url_number + 1;
    RETURN NEW;
END
$$;
CREATE TRIGGER endpoint_former_url BEFORE UPDATE OF url ON endpoint
   FOR EACH ROW WHEN (NEW.url <> OLD.url) EXECUTE FUNCTION endpoint_former_url();

-- What an endpoint's last failed attempt came to. Nodes write it every few seconds, with the figures of attempts.
CREATE TABLE endpoint_failure (
    endpoint_id bigint      PRIMARY KEY REFERENCES endpoint,
    url_number  integer     NOT NULL,                    -- which URL it was made to
    failed_at   timestamptz NOT NULL,
    event_id    uuid        NOT NULL,
    words       text        NOT NULL                     -- for people
);

CREATE OR REPLACE VIEW live_instance AS
SELECT i.id, i.organization_id, i.user_id, i.element_key, i.name, i.tags, i.configuration, i.secrets, i.token_hash,
       i.former_token_hash, i.former_token_until, i.disabled, i.marks, i.created_at, i.updated_at,
       (SELECT coalesce(
                   json_agg(
                       json_build_object('id', e.id, 'url', e.url, 'position', e.position,
                                         'state', upper(e.state), 'reason', e.state_reason, 'breaker', upper(e.breaker),
                                         'failurePolicy', upper(o.failure_policy), 'urlNumber', e.url_number)
                       ORDER BY e.position),
                   '[]')
          FROM endpoint e
          JOIN organization o ON o.id = i.organization_id
         WHERE e.instance_id = i.id AND e.state <> 'deleted') AS endpoints
  FROM instance i
 WHERE i.deleted_at IS NULL;
