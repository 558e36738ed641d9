package dev.sluice.persistence.search;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements by which events are found: one for each index that leads to them in the order of time. The index gives
 * candidates, at most {@code :examined}; the rest of the filter picks from these, and no more are read than fill the page.
 * Where the candidates end before the page is full, the last event may be incomplete: it is left for the next page, which
 * begins there ({@code cut}).
 */
final class SearchStatements {
    /** Rows that lie anywhere: 10 ms of work. */
    private static final int SCATTERED_MAX = 2_000;

    /** Rows that lie one after the other. */
    private static final int ADJACENT_MAX = 10_000;

    private static final String FROM_SEARCH = """
            WITH matching AS MATERIALIZED (
                SELECT DISTINCT ON (event_id) event_id, instance_id, status
                  FROM (SELECT event_id, instance_id, status, object_type, object_id, event_type FROM event_search
                         WHERE %1$s
                           AND event_id >= :from AND event_id < :before
                           AND received_at >= :fromTime AND received_at <= :toTime
                         ORDER BY event_id DESC LIMIT :examined) AS candidate
                 WHERE (:instance::bigint IS NULL OR instance_id = :instance)
                   AND (:status::text IS NULL OR status = :status)
                   AND (:objectType::text IS NULL OR object_type = :objectType)
                   AND (:objectId::text IS NULL OR object_id = :objectId)
                   AND (:idText::text IS NULL OR strpos(lower(object_id), lower(:idText)) > 0)
                   AND (:eventType::text IS NULL OR event_type = :eventType)
                   AND (:element::text IS NULL
                        OR (SELECT element_key FROM instance WHERE id = candidate.instance_id) = :element)
                 ORDER BY event_id DESC LIMIT :limit),
            cut AS MATERIALIZED (
                SELECT event_id AS id FROM event_search
                 WHERE %1$s
                   AND event_id >= :from AND event_id < :before
                   AND received_at >= :fromTime AND received_at <= :toTime
                   AND (SELECT count(*) FROM matching) < :limit
                 ORDER BY event_id DESC OFFSET :examined - 1 LIMIT 1)
            SELECT matching.event_id, matching.instance_id, matching.status, instance.element_key, cut.id AS cut
              FROM (VALUES (0)) AS always LEFT JOIN cut ON true
              LEFT JOIN matching ON matching.event_id > coalesce(cut.id, '00000000-0000-0000-0000-000000000000')
              LEFT JOIN instance ON instance.id = matching.instance_id
             ORDER BY matching.event_id DESC""";

    private static final Way BY_OBJECT = scattered("organization_id = :organization AND object_id = :objectId");
    private static final Way OPEN_OF_INSTANCE =
            scattered("instance_id = :instance AND status = :status AND status <> 'NOTIFIED'"
                    + " AND organization_id = :organization");
    private static final Way OPEN_OF_ALL =
            scattered("organization_id = :organization AND status = :status AND status <> 'NOTIFIED'");
    private static final Way BY_TYPE =
            scattered("instance_id = :instance AND object_type = :objectType AND organization_id = :organization");
    private static final Way OF_ALL = new Way(FROM_SEARCH.formatted("organization_id = :organization"), ADJACENT_MAX);

    /** Each of its rows is asked for its instance. */
    private static final Way OF_ALL_BY_ELEMENT = scattered("organization_id = :organization");

    /** By the log's own key: also finds what no outcome has come with yet. */
    private static final Way OF_INSTANCE = new Way("""
            WITH matching AS MATERIALIZED (
                SELECT candidate.id, coalesce(found.status, 'RECEIVED') AS status
                  FROM (SELECT id, received_at FROM event
                         WHERE instance_id = :instance AND id >= :from AND id < :before
                           AND received_at >= :fromTime AND received_at <= :toTime
                         ORDER BY id DESC LIMIT :examined) AS candidate
                  LEFT JOIN LATERAL (
                       SELECT status FROM event_search
                        WHERE organization_id = :organization AND event_id = candidate.id
                          AND received_at = candidate.received_at
                          AND (:objectType::text IS NULL OR object_type = :objectType)
                          AND (:objectId::text IS NULL OR object_id = :objectId)
                          AND (:idText::text IS NULL OR strpos(lower(object_id), lower(:idText)) > 0)
                          AND (:eventType::text IS NULL OR event_type = :eventType)
                        LIMIT 1) AS found ON true
                 WHERE (found.status IS NOT NULL
                        OR (:objectType::text IS NULL AND :objectId::text IS NULL AND :idText::text IS NULL
                            AND :eventType::text IS NULL))
                   AND (:status::text IS NULL OR coalesce(found.status, 'RECEIVED') = :status)
                 ORDER BY candidate.id DESC LIMIT :limit),
            cut AS MATERIALIZED (
                SELECT id FROM event
                 WHERE instance_id = :instance AND id >= :from AND id < :before
                   AND received_at >= :fromTime AND received_at <= :toTime
                   AND (SELECT count(*) FROM matching) < :limit
                 ORDER BY id DESC OFFSET :examined - 1 LIMIT 1)
            SELECT matching.id AS event_id, instance.id AS instance_id, matching.status, instance.element_key,
                   cut.id AS cut
              FROM instance LEFT JOIN cut ON true
              LEFT JOIN matching ON matching.id > coalesce(cut.id, '00000000-0000-0000-0000-000000000000')
             WHERE instance.id = :instance AND instance.organization_id = :organization
               AND (:element::text IS NULL OR instance.element_key = :element)
             ORDER BY matching.id DESC""", SCATTERED_MAX);

    static final String STATUS = """
            SELECT status FROM event_search
             WHERE organization_id = :organization AND event_id = :event AND item = 0 AND received_at = :receivedAt""";

    private SearchStatements() {}

    /**
     * One way to a filter's events.
     *
     * @param examinedMax how many candidates a page looks at
     */
    record Way(String sql, int examinedMax) {}

    private static Way scattered(String leading) {
        return new Way(FROM_SEARCH.formatted(leading), SCATTERED_MAX);
    }

    /** The ways whose indexes lead to the events: the one that mostly has the fewest candidates first; at least one. */
    static List<Way> leadingTo(EventFilter filter) {
        List<Way> ways = new ArrayList<>();
        if (filter.objectId() != null) {
            ways.add(BY_OBJECT);
        }
        if (filter.asksForOpen()) {
            ways.add(filter.instanceId() == null ? OPEN_OF_ALL : OPEN_OF_INSTANCE);
        }
        if (filter.instanceId() != null) {
            ways.add(filter.objectType() == null ? OF_INSTANCE : BY_TYPE);
        }
        if (ways.isEmpty()) {
            ways.add(filter.elementKey() == null ? OF_ALL : OF_ALL_BY_ELEMENT);
        }
        return ways;
    }
}
