package dev.sluice.persistence.notification;

/**
 * The statements by which deliveries are listed: one for each index that leads to their events in the order of time. An
 * event's deliveries are then found by keys: its row in the log, its instance's endpoints, what is owed, what was attempted.
 *
 * <p>Each looks at one day, from {@code :dayBegin} to {@code :dayEnd}: there an index has the order, whatever PostgreSQL
 * thinks of how many rows there are, and nothing is ever sorted that a page does not show. At most {@code :examined} rows
 * lead to at most {@code :expanded} events. Where either was cut short, the event at the cut is left for the next portion,
 * which begins there.
 */
final class DeliveryStatements {
    /**
     * From {@code candidate} to deliveries. One that was not owed at the commit is one all the same, once it was made owed.
     * Each row is fetched by its key on its own: joined, they would be read by the instance alone, all of them.
     */
    private static final String DELIVERIES = """
            SELECT candidate.event_id, candidate.instance_id, endpoint.id AS endpoint_id, part.number AS part,
                   made.attempted_at,
                   CASE WHEN owed.attempts IS NOT NULL THEN
                             CASE WHEN endpoint.state <> 'active' OR instance.disabled THEN 'QUEUED'
                                  WHEN owed.attempts > 0 THEN 'RETRY'
                                  WHEN owed.due_at IS NULL THEN 'QUEUED'
                                  ELSE 'CREATED' END
                        WHEN made.ending = 'delivered' THEN 'DELIVERED'
                        WHEN made.ending = 'exhausted' THEN 'QUEUED'
                        WHEN made.ending IS NOT NULL THEN 'FAILED'
                        ELSE 'CREATED' END AS status,
                   owed.attempts IS NULL AND made.ending IS NOT NULL AND endpoint.state NOT IN ('deleted', 'looped') AS over
              FROM candidate
             CROSS JOIN LATERAL (
                   SELECT disabled FROM instance
                    WHERE instance.id = candidate.instance_id AND organization_id = :organization AND deleted_at IS NULL
                    LIMIT 1) AS instance
             CROSS JOIN LATERAL (
                   SELECT endpoint_ids, parts FROM event
                    WHERE event.instance_id = candidate.instance_id AND event.id = candidate.event_id
                      AND event.received_at = candidate.received_at LIMIT 1) AS event
             CROSS JOIN LATERAL (
                   SELECT id, url, state FROM endpoint WHERE endpoint.instance_id = candidate.instance_id OFFSET 0)
                   AS endpoint
             CROSS JOIN LATERAL generate_series(0, event.parts - 1) AS part (number)
              LEFT JOIN LATERAL (
                   SELECT attempts, due_at FROM owed_delivery
                    WHERE endpoint_id = endpoint.id AND event_id = candidate.event_id AND owed_delivery.part = part.number
                    LIMIT 1) AS owed ON true
              LEFT JOIN LATERAL (
                   SELECT max(attempt.attempted_at) AS attempted_at,
                          (array_agg(ending ORDER BY attempt.attempted_at DESC) FILTER (WHERE ending IS NOT NULL))[1]
                               AS ending
                     FROM attempt
                    WHERE attempt.event_id = candidate.event_id AND attempt.endpoint_id = endpoint.id
                      AND attempt.part = part.number
                      AND attempt.attempted_at >= candidate.received_at - interval '10 minutes') AS made ON true
             WHERE (endpoint.id = ANY (event.endpoint_ids) OR owed.attempts IS NOT NULL OR made.attempted_at IS NOT NULL)""";

    private static final String PORTION = """
            WITH seen AS MATERIALIZED (%s),
            taken AS MATERIALIZED (
                SELECT event_id, instance_id, received_at FROM seen WHERE item = 0 AND owed
                 ORDER BY event_id DESC LIMIT :expanded),
            cut AS (
                SELECT greatest(
                    (SELECT CASE WHEN count(*) = :examined
                                 THEN (SELECT event_id FROM seen ORDER BY event_id LIMIT 1) END FROM seen),
                    (SELECT CASE WHEN count(*) = :expanded
                                 THEN (SELECT event_id FROM taken ORDER BY event_id LIMIT 1) END FROM taken)) AS id,
                    EXISTS (%s) AS older),
            candidate AS MATERIALIZED (
                SELECT taken.* FROM taken, cut WHERE cut.id IS NULL OR taken.event_id > cut.id),
            delivery AS (%s
               AND (candidate.event_id < :event OR (endpoint.id, part.number) > (:endpoint, :part))
               AND (:url::text IS NULL OR endpoint.url = :url)),
            found AS (
                SELECT * FROM delivery WHERE (:status::text IS NULL OR status = :status) AND (over OR NOT :over)
                 ORDER BY event_id DESC, endpoint_id, part LIMIT :limit)
            SELECT found.*, cut.id AS cut, cut.older FROM cut LEFT JOIN found ON true
             ORDER BY found.event_id DESC, found.endpoint_id, found.part""";

    /** By the log's key: also what no outcome has come with yet. */
    static final String OF_INSTANCES = portion("""
            SELECT found.*, 0 AS item, true AS owed
              FROM unnest(:instances) AS wanted (instance_id)
             CROSS JOIN LATERAL (
                   SELECT id AS event_id, event.instance_id, received_at FROM event
                    WHERE event.instance_id = wanted.instance_id AND id <= :event
                      AND received_at >= :dayBegin AND received_at < :dayEnd
                    ORDER BY id DESC LIMIT :examined) AS found
             ORDER BY event_id DESC LIMIT :examined""", """
            SELECT FROM event WHERE instance_id = ANY (:instances) AND received_at < :dayBegin""");

    /** By {@code event_search_open}. */
    static final String OPEN_OF_INSTANCES = portion("""
            SELECT found.*
              FROM unnest(:instances) AS wanted (instance_id)
             CROSS JOIN unnest(:eventStatuses) AS meant (status)
             CROSS JOIN LATERAL (
                   SELECT event_id, event_search.instance_id, received_at, item, deliveries + added > 0 AS owed
                     FROM event_search
                    WHERE event_search.instance_id = wanted.instance_id AND event_search.status = meant.status
                      AND event_search.status <> 'NOTIFIED' AND event_id <= :event
                      AND received_at >= :dayBegin AND received_at < :dayEnd
                    ORDER BY event_id DESC LIMIT :examined) AS found
             ORDER BY event_id DESC LIMIT :examined""", """
            SELECT FROM event_search
             WHERE instance_id = ANY (:instances) AND status = ANY (:eventStatuses) AND status <> 'NOTIFIED'
               AND received_at < :dayBegin""");

    /** By the search rows' key. */
    static final String OF_ALL = portion("""
            SELECT event_id, instance_id, received_at, item, deliveries + added > 0 AS owed FROM event_search
             WHERE organization_id = :organization AND event_id <= :event
               AND received_at >= :dayBegin AND received_at < :dayEnd
             ORDER BY event_id DESC LIMIT :examined""", """
            SELECT FROM event_search WHERE organization_id = :organization AND received_at < :dayBegin""");

    /** By {@code event_search_open_all}. */
    static final String OPEN_OF_ALL = portion("""
            SELECT found.*
              FROM unnest(:eventStatuses) AS meant (status)
             CROSS JOIN LATERAL (
                   SELECT event_id, instance_id, received_at, item, deliveries + added > 0 AS owed FROM event_search
                    WHERE organization_id = :organization AND event_search.status = meant.status
                      AND event_search.status <> 'NOTIFIED' AND event_id <= :event
                      AND received_at >= :dayBegin AND received_at < :dayEnd
                    ORDER BY event_id DESC LIMIT :examined) AS found
             ORDER BY event_id DESC LIMIT :examined""", """
            SELECT FROM event_search
             WHERE organization_id = :organization AND status = ANY (:eventStatuses) AND status <> 'NOTIFIED'
               AND received_at < :dayBegin""");

    /** By keys alone. */
    static final String NAMED = """
            WITH wanted AS (
                SELECT * FROM unnest(:events, :instances, :times, :endpoints, :parts)
                           AS given (event_id, instance_id, received_at, endpoint_id, part)),
            candidate AS MATERIALIZED (SELECT DISTINCT event_id, instance_id, received_at FROM wanted)
            %s
               AND (candidate.event_id, endpoint.id, part.number) IN (SELECT event_id, endpoint_id, part FROM wanted)
             ORDER BY candidate.event_id DESC, endpoint.id, part.number""".formatted(DELIVERIES);

    private DeliveryStatements() {}

    /**
     * The statement that begins so.
     *
     * @param leading finds the day's events
     * @param older finds anything of the days before
     */
    private static String portion(String leading, String older) {
        return PORTION.formatted(leading, older, DELIVERIES);
    }

    /** The statement whose index leads to the fewest events. */
    static String leadingTo(DeliveryFilter filter) {
        boolean open = !filter.eventStatuses().isEmpty();
        if (filter.instanceIds() == null) {
            return open ? OPEN_OF_ALL : OF_ALL;
        }
        return open ? OPEN_OF_INSTANCES : OF_INSTANCES;
    }
}
