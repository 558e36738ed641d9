package dev.sluice.persistence.search;

/**
 * The statements by which events are found: one for each index that leads to them in the order of time. The index gives
 * candidates, at most {@code :examined}; the rest of the filter picks from these. Where the candidates were cut short, the
 * last event may be incomplete: it is left for the next page, which begins there ({@code cut}).
 */
final class SearchStatements {
    private static final String FROM_SEARCH = """
            WITH candidate AS MATERIALIZED (
                SELECT event_id, instance_id, status, object_type, object_id, event_type FROM event_search
                 WHERE %s
                   AND event_id >= :from AND event_id < :before
                   AND received_at >= :fromTime AND received_at <= :toTime
                 ORDER BY event_id DESC LIMIT :examined),
            cut AS (
                SELECT CASE WHEN count(*) = :examined
                            THEN (SELECT event_id FROM candidate ORDER BY event_id LIMIT 1) END AS id
                  FROM candidate),
            matching AS (
                SELECT DISTINCT ON (event_id) event_id, instance_id, status FROM candidate
                 WHERE (:instance::bigint IS NULL OR instance_id = :instance)
                   AND (:status::text IS NULL OR status = :status)
                   AND (:objectType::text IS NULL OR object_type = :objectType)
                   AND (:objectId::text IS NULL OR object_id = :objectId)
                   AND (:eventType::text IS NULL OR event_type = :eventType)
                   AND event_id > coalesce((SELECT id FROM cut), '00000000-0000-0000-0000-000000000000')
                 ORDER BY event_id DESC LIMIT :limit)
            SELECT matching.event_id, matching.instance_id, matching.status, instance.element_key, cut.id AS cut
              FROM cut LEFT JOIN matching ON true LEFT JOIN instance ON instance.id = matching.instance_id
             ORDER BY matching.event_id DESC""";

    static final String BY_OBJECT = FROM_SEARCH.formatted("organization_id = :organization AND object_id = :objectId");
    static final String OPEN_OF_INSTANCE =
            FROM_SEARCH.formatted("instance_id = :instance AND status = :status AND status <> 'NOTIFIED'"
                    + " AND organization_id = :organization");
    static final String OPEN_OF_ALL =
            FROM_SEARCH.formatted("organization_id = :organization AND status = :status AND status <> 'NOTIFIED'");
    static final String BY_TYPE = FROM_SEARCH.formatted(
            "instance_id = :instance AND object_type = :objectType" + " AND organization_id = :organization");
    static final String OF_ALL = FROM_SEARCH.formatted("organization_id = :organization");

    /** By the log's own key: also finds what no outcome has come with yet. */
    static final String OF_INSTANCE = """
            WITH candidate AS MATERIALIZED (
                SELECT id, received_at FROM event
                 WHERE instance_id = :instance AND id >= :from AND id < :before
                   AND received_at >= :fromTime AND received_at <= :toTime
                 ORDER BY id DESC LIMIT :examined),
            cut AS (
                SELECT CASE WHEN count(*) = :examined
                            THEN (SELECT id FROM candidate ORDER BY id LIMIT 1) END AS id
                  FROM candidate),
            matching AS (
                SELECT candidate.id, coalesce(found.status, 'RECEIVED') AS status
                  FROM candidate
                  LEFT JOIN LATERAL (
                       SELECT status FROM event_search
                        WHERE organization_id = :organization AND event_id = candidate.id
                          AND received_at = candidate.received_at
                          AND (:objectType::text IS NULL OR object_type = :objectType)
                          AND (:objectId::text IS NULL OR object_id = :objectId)
                          AND (:eventType::text IS NULL OR event_type = :eventType)
                        LIMIT 1) AS found ON true
                 WHERE (found.status IS NOT NULL
                        OR (:objectType::text IS NULL AND :objectId::text IS NULL AND :eventType::text IS NULL))
                   AND (:status::text IS NULL OR coalesce(found.status, 'RECEIVED') = :status)
                   AND candidate.id > coalesce((SELECT id FROM cut), '00000000-0000-0000-0000-000000000000')
                 ORDER BY candidate.id DESC LIMIT :limit)
            SELECT matching.id AS event_id, instance.id AS instance_id, matching.status, instance.element_key,
                   cut.id AS cut
              FROM instance CROSS JOIN cut LEFT JOIN matching ON true
             WHERE instance.id = :instance AND instance.organization_id = :organization
             ORDER BY matching.id DESC""";

    static final String STATUS = """
            SELECT status FROM event_search
             WHERE organization_id = :organization AND event_id = :event AND item = 0 AND received_at = :receivedAt""";

    private SearchStatements() {}

    /** The statement whose index leads to the fewest candidates. */
    static String leadingTo(EventFilter filter) {
        if (filter.objectId() != null) {
            return BY_OBJECT;
        }
        if (filter.asksForOpen()) {
            return filter.instanceId() == null ? OPEN_OF_ALL : OPEN_OF_INSTANCE;
        }
        if (filter.instanceId() == null) {
            return OF_ALL;
        }
        return filter.objectType() == null ? OF_INSTANCE : BY_TYPE;
    }
}
