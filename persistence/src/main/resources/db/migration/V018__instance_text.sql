-- What lists of instances are searched by: every text of one to three characters in the name, the tags and the element's
-- key, and each tag as a whole. The organization stands before each, so that one's instances are not in another's way.
-- None of these calls another: while an index is built, functions of this schema are not found by their bare names.
CREATE FUNCTION instance_terms(organization bigint, name text, tags text[], element_key text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT organization::text || '~' || substr(lower(word), place, length))
           || ARRAY(SELECT organization::text || '=' || tag FROM unnest(tags) AS tag)
      FROM unnest(tags || ARRAY[name, element_key]) AS word
     CROSS JOIN generate_series(1, 3) AS length
     CROSS JOIN generate_series(1, char_length(lower(word)) - length + 1) AS place
$$;

-- The terms that an instance with that text somewhere has, and those of one with these tags.
CREATE FUNCTION text_terms(organization bigint, given text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT organization::text || '~' || substr(lower(given), place, length)), '{}')
      FROM (SELECT least(3, char_length(lower(given)))) AS shape (length)
     CROSS JOIN generate_series(1, char_length(lower(given)) - length + 1) AS place
     WHERE length > 0
$$;

CREATE FUNCTION tag_terms(organization bigint, tags text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY(SELECT organization::text || '=' || tag FROM unnest(tags) AS tag)
$$;

-- Without a list of pending entries, which every search would go through one by one.
CREATE INDEX instance_by_term ON instance
 USING gin (instance_terms(organization_id, name, tags, element_key)) WITH (fastupdate = off)
 WHERE deleted_at IS NULL;
DROP INDEX instance_by_tag;
