-- Whose an endpoint is, so that an organization's endpoints are a list of their own, by id, however many there are. Filled in
-- by a trigger: a node of the version before makes endpoints without it.
ALTER TABLE endpoint ADD COLUMN organization_id bigint REFERENCES organization;
UPDATE endpoint SET organization_id = instance.organization_id FROM instance WHERE instance.id = endpoint.instance_id;

CREATE FUNCTION endpoint_organization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT organization_id INTO NEW.organization_id FROM instance WHERE id = NEW.instance_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER endpoint_organization BEFORE INSERT ON endpoint
   FOR EACH ROW WHEN (NEW.organization_id IS NULL) EXECUTE FUNCTION endpoint_organization();

CREATE INDEX endpoint_of_organization ON endpoint (organization_id, id) WHERE state <> 'deleted';
-- Those that are not called now, or only gently: few.
CREATE INDEX endpoint_in_trouble ON endpoint (organization_id, id)
 WHERE state <> 'deleted' AND (breaker <> 'closed' OR state = 'deactivated');
