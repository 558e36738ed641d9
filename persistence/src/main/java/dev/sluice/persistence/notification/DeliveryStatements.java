package dev.sluice.persistence.notification;

/**
 * The statements by which deliveries are listed: one for each index that leads to their events in the order of time. An
 * event's deliveries are then found by keys: its row in the log, its instance's endpoints, what is owed, what was attempted.
 *
 * <p>Each looks at a bounded number of rows: {@code :examined} of each index range, which lead to {@code :expanded} events, of
 * whose deliveries {@code :pairs} are looked at. Where a range is cut short, all ranges are cut at the same event, which is
 * left for the next part of the list.
 */
final class DeliveryStatements {
    /**
     * From {@code candidate} to pairs of event and endpoint. Each row is fetched by its key on its own: joined, they would be
     * read by the instance alone, all of them.
     */
    private static final String PAIRS = """
            SELECT candidate.event_id, candidate.instance_id, candidate.received_at, endpoint.id AS endpoint_id,
                   part.number AS part, endpoint.state, instance.disabled, endpoint.id = ANY (event.endpoint_ids) AS promised
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
             CROSS JOIN LATERAL generate_series(0, event.parts - 1) AS part (number)""";

    /**
     * From {@code pair} to deliveries. One that was not owed at the commit is one all the same, once it was made owed. The
     * attempts of all events are read at once: one by one, each would begin anew in every day's partition.
     */
    private static final String DELIVERIES = """
            made AS MATERIALIZED (
                SELECT event_id, endpoint_id, part, max(attempted_at) AS attempted_at,
                       (array_agg(ending ORDER BY attempted_at DESC) FILTER (WHERE ending IS NOT NULL))[1] AS ending
                  FROM attempt
                 WHERE event_id = ANY (ARRAY(SELECT DISTINCT event_id FROM pair))
                   AND attempted_at >= (SELECT min(received_at) FROM pair) - interval '10 minutes'
                 GROUP BY event_id, endpoint_id, part),
            delivery AS (
                SELECT pair.event_id, pair.instance_id, pair.endpoint_id, pair.part, made.attempted_at,
                       CASE WHEN owed.attempts IS NOT NULL THEN
                                 CASE WHEN pair.state <> 'active' OR pair.disabled THEN 'QUEUED'
                                      WHEN owed.attempts > 0 THEN 'RETRY'
                                      WHEN owed.due_at IS NULL THEN 'QUEUED'
                                      ELSE 'CREATED' END
                            WHEN made.ending = 'delivered' THEN 'DELIVERED'
                            WHEN made.ending = 'exhausted' THEN 'QUEUED'
                            WHEN made.ending IS NOT NULL THEN 'FAILED'
                            ELSE 'CREATED' END AS status,
                       owed.attempts IS NULL AND made.ending IS NOT NULL AND pair.state NOT IN ('deleted', 'looped') AS over
                  FROM pair
                  LEFT JOIN LATERAL (
                       SELECT attempts, due_at FROM owed_delivery
                        WHERE owed_delivery.endpoint_id = pair.endpoint_id AND owed_delivery.event_id = pair.event_id
                          AND owed_delivery.part = pair.part
                        LIMIT 1) AS owed ON true
                  LEFT JOIN made
                         ON made.event_id = pair.event_id AND made.endpoint_id = pair.endpoint_id AND made.part = pair.part
                 WHERE pair.promised OR owed.attempts IS NOT NULL OR made.attempted_at IS NOT NULL)""";

    private static final String PART = """
            WITH seen AS MATERIALIZED (%s),
            taken AS MATERIALIZED (
                SELECT event_id, instance_id, received_at FROM %s
                 WHERE item = 0 AND owed ORDER BY event_id DESC LIMIT :expanded),
            cut AS MATERIALIZED (
                SELECT greatest(
                    (SELECT event_id FROM seen WHERE place = :examined ORDER BY event_id DESC LIMIT 1),
                    (SELECT event_id FROM taken ORDER BY event_id DESC OFFSET :expanded - 1 LIMIT 1)) AS id),
            candidate AS MATERIALIZED (
                SELECT taken.* FROM taken, cut WHERE cut.id IS NULL OR taken.event_id > cut.id),
            pair AS MATERIALIZED (
                %s
                 WHERE (candidate.event_id < :event OR (endpoint.id, part.number) > (:endpoint, :part))
                   AND (:url::text IS NULL OR endpoint.url = :url)
                 ORDER BY candidate.event_id DESC, endpoint.id, part.number LIMIT :pairs),
            last AS (
                SELECT event_id, instance_id, endpoint_id, part FROM pair
                 ORDER BY event_id DESC, endpoint_id, part OFFSET :pairs - 1 LIMIT 1),
            %s,
            found AS (
                SELECT * FROM delivery WHERE (:status::text IS NULL OR status = :status) AND (over OR NOT :over)
                 ORDER BY event_id DESC, endpoint_id, part LIMIT :limit)
            SELECT found.*, cut.id AS cut, last.event_id AS last_event_id, last.instance_id AS last_instance_id,
                   last.endpoint_id AS last_endpoint_id, last.part AS last_part
              FROM cut LEFT JOIN last ON true LEFT JOIN found ON true
             ORDER BY found.event_id DESC, found.endpoint_id, found.part""";

    /** A search row's event, and whether it can have such a delivery. */
    private static final String SEARCHED = """
            SELECT event_id, instance_id, received_at, item,
                   deliveries + added > 0 AND (NOT :unfinished OR deliveries + added > delivered + failed) AS owed
              FROM event_search
             WHERE event_id <= :event AND received_at <= :toTime""";

    private static final String NEWEST = " ORDER BY event_id DESC LIMIT :examined";

    private static final String SEEN = "seen";

    /** Events whose instance has an endpoint of that URL, whether or not it was owed them. */
    private static final String SEEN_BY_URL = """
            seen CROSS JOIN LATERAL (
                 SELECT FROM endpoint WHERE endpoint.instance_id = seen.instance_id AND url = :url LIMIT 1) AS addressed""";

    /** By the search rows' key. */
    private static final String BY_ORGANIZATION =
            """
            SELECT list.*, row_number() OVER (ORDER BY event_id DESC) AS place
              FROM (""" + SEARCHED + " AND organization_id = :organization" + NEWEST + ") AS list";

    /** By {@code event_search_open_all}. */
    private static final String OPEN_BY_ORGANIZATION = """
            SELECT list.*, row_number() OVER (PARTITION BY meant.status ORDER BY event_id DESC) AS place
              FROM unnest(:eventStatuses) AS meant (status)
             CROSS JOIN LATERAL (""" + SEARCHED + """
               AND organization_id = :organization AND status = meant.status AND status <> 'NOTIFIED'
            """ + NEWEST + ") AS list";

    /** By the log's key: also what no outcome has come with yet. */
    private static final String OF_INSTANCES = part("""
            SELECT list.*, 0 AS item, true AS owed,
                   row_number() OVER (PARTITION BY list.instance_id ORDER BY event_id DESC) AS place
              FROM unnest(:instances) AS wanted (instance_id)
             CROSS JOIN LATERAL (
                   SELECT id AS event_id, event.instance_id, received_at FROM event
                    WHERE event.instance_id = wanted.instance_id AND id <= :event AND received_at <= :toTime
                    ORDER BY id DESC LIMIT :examined) AS list""", SEEN);

    /** By {@code event_search_open}. */
    private static final String OPEN_OF_INSTANCES = part("""
            SELECT list.*, row_number() OVER (PARTITION BY list.instance_id, meant.status ORDER BY event_id DESC) AS place
              FROM unnest(:instances) AS wanted (instance_id)
             CROSS JOIN unnest(:eventStatuses) AS meant (status)
             CROSS JOIN LATERAL (""" + SEARCHED + """
               AND event_search.instance_id = wanted.instance_id AND status = meant.status AND status <> 'NOTIFIED'
               AND organization_id = :organization
            """ + NEWEST + ") AS list", SEEN);

    private static final String OF_ALL = part(BY_ORGANIZATION, SEEN);
    private static final String OF_ALL_BY_URL = part(BY_ORGANIZATION, SEEN_BY_URL);
    private static final String OPEN_OF_ALL = part(OPEN_BY_ORGANIZATION, SEEN);
    private static final String OPEN_OF_ALL_BY_URL = part(OPEN_BY_ORGANIZATION, SEEN_BY_URL);

    /** By keys alone. */
    static final String NAMED = """
            WITH wanted AS (
                SELECT * FROM unnest(:events, :instances, :times, :endpoints, :parts)
                           AS given (event_id, instance_id, received_at, endpoint_id, part)),
            candidate AS MATERIALIZED (SELECT DISTINCT event_id, instance_id, received_at FROM wanted),
            pair AS MATERIALIZED (
                %s
                 WHERE (candidate.event_id, endpoint.id, part.number) IN (SELECT event_id, endpoint_id, part FROM wanted)),
            %s
            SELECT * FROM delivery ORDER BY event_id DESC, endpoint_id, part""".formatted(PAIRS, DELIVERIES);

    private DeliveryStatements() {}

    /**
     * The statement that begins so.
     *
     * @param leading finds events, the newest of each range
     * @param seen what of that matters
     */
    private static String part(String leading, String seen) {
        return PART.formatted(leading, seen, PAIRS, DELIVERIES);
    }

    /** The statement whose index leads to the fewest events. */
    static String leadingTo(DeliveryFilter filter) {
        boolean open = !filter.eventStatuses().isEmpty();
        if (filter.instanceIds() != null) {
            return open ? OPEN_OF_INSTANCES : OF_INSTANCES;
        }
        if (filter.url() != null) {
            return open ? OPEN_OF_ALL_BY_URL : OF_ALL_BY_URL;
        }
        return open ? OPEN_OF_ALL : OF_ALL;
    }
}
