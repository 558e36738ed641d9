-- What is done with an organization's deliveries that failed: repeat them, or keep them and what follows until released.
ALTER TABLE organization
    ADD COLUMN failure_policy text NOT NULL DEFAULT 'retry' CHECK (failure_policy IN ('retry', 'queue'));

CREATE OR REPLACE VIEW live_instance AS
SELECT i.id, i.organization_id, i.user_id, i.element_key, i.name, i.tags, i.configuration, i.secrets, i.token_hash,
       i.former_token_hash, i.former_token_until, i.disabled, i.marks, i.created_at, i.updated_at,
       (SELECT coalesce(
                   json_agg(
                       json_build_object('id', e.id, 'url', e.url, 'position', e.position,
                                         'state', upper(e.state), 'reason', e.state_reason, 'breaker', upper(e.breaker),
                                         'failurePolicy', upper(o.failure_policy))
                       ORDER BY e.position),
                   '[]')
          FROM endpoint e
          JOIN organization o ON o.id = i.organization_id
         WHERE e.instance_id = i.id AND e.state <> 'deleted') AS endpoints
  FROM instance i
 WHERE i.deleted_at IS NULL;
