package dev.sluice.gateway.scale;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * A week's events as intake and outcomes leave them behind: in the order of time in the day's partitions, with their search
 * rows, attempts and counts. One in 200 failed, six in 1,000 are owed, one in ten has two items, ten in ten million are of
 * the type {@code lighthouse} and about as many were {@code RETRIEVED}; a third of all pushes are to {@code main}.
 *
 * @param end when the last was received
 */
record Week(Session session, Size size, Instant end) {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd");

    private static final String ROWS = """
            CREATE OR REPLACE FUNCTION scale_row(first bigint, last bigint, begin_us bigint, step_us bigint, instances bigint)
            RETURNS TABLE (i bigint, received_at timestamptz, id uuid, instance_id bigint, endpoint_id bigint,
                           object_type text, object_id text, event_type text, status text, fate int, items int)
            LANGUAGE sql STABLE AS $$
            SELECT i, timestamptz 'epoch' + us * interval '1 microsecond',
                   (lpad(to_hex(us / 1000), 12, '0') || lpad(to_hex(28672 | (us % 1000 << 2)), 4, '0')
                       || '8' || lpad(to_hex((1::bigint << 40) | i), 15, '0'))::uuid,
                   s.id, s.endpoint_id,
                   CASE WHEN kind = 0 THEN 'lighthouse' WHEN kind < 500000 THEN 'push' WHEN kind < 800000 THEN 'pull_request'
                        WHEN kind < 950000 THEN 'issues' ELSE 'release' END,
                   CASE WHEN kind < 150000 THEN 'main' ELSE s.n || '-' || object % s.objects END,
                   CASE WHEN change = 0 THEN 'RETRIEVED' WHEN change < 600000 THEN 'UPDATED'
                        WHEN change < 900000 THEN 'CREATED' ELSE 'DELETED' END,
                   CASE WHEN fate < 5 THEN 'FAILED' WHEN fate < 8 THEN 'DISPATCHED' WHEN fate < 11 THEN 'RECEIVED'
                        ELSE 'NOTIFIED' END,
                   fate::int, CASE WHEN fate % 10 = 9 THEN 2 ELSE 1 END
              FROM generate_series(first, last) AS i
             CROSS JOIN LATERAL (
                   SELECT begin_us + i * step_us AS us, hashint8extended(i, 1) & 9223372036854775807 AS who,
                          (hashint8extended(i, 2) & 9223372036854775807) % 1000000 AS kind,
                          (hashint8extended(i, 3) & 9223372036854775807) % 1000000 AS change,
                          (hashint8extended(i, 4) & 9223372036854775807) % 1000 AS fate,
                          hashint8extended(i, 5) & 9223372036854775807 AS object) AS random
              JOIN scale_instance s ON s.n = CASE WHEN who % 100 < 20 THEN 0 WHEN who % 100 < 60 THEN 1 + who / 100 % 100
                                                  ELSE 101 + who / 100 % (instances - 101) END $$""";

    private static final String EVENTS = """
            INSERT INTO %s (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, content_type, headers, items,
                            body)
            SELECT instance_id, id, received_at, 1, i, ARRAY[endpoint_id], 1, 'application/json',
                   '{"x-github-event":"push"}',
                   ('[{"objectType":"' || object_type || '","objectId":"' || object_id || '","eventType":"' || event_type
                       || '","date":"' || day || '","attributes":{}}' || CASE items WHEN 1 THEN '' ELSE
                       ',{"objectType":"commit","objectId":"c' || i || '","eventType":"CREATED","date":"' || day
                       || '","attributes":{}}' END || ']')::json,
                   convert_to('{"ref":"refs/heads/main","after":"' || md5(i::text) || '","sender":{"login":"octocat"}}',
                              'UTF8')
              FROM scale_row(?, ?, ?, ?, ?) CROSS JOIN (SELECT to_char(?::timestamptz, 'YYYY-MM-DD"T00:00:00Z"')) AS at (day)""";
    private static final String SEARCH = """
            INSERT INTO %s (organization_id, event_id, item, received_at, instance_id, object_type, object_id, event_type,
                            deliveries, added, delivered, failed, attempted)
            SELECT 1, id, item, received_at, instance_id, CASE item WHEN 0 THEN object_type ELSE 'commit' END,
                   CASE item WHEN 0 THEN object_id ELSE 'c' || i END, CASE item WHEN 0 THEN event_type ELSE 'CREATED' END,
                   1, 0, (status = 'NOTIFIED')::int, (status = 'FAILED')::int, status <> 'RECEIVED'
              FROM scale_row(?, ?, ?, ?, ?) CROSS JOIN LATERAL generate_series(0, items - 1) AS item""";
    /** What was tried last, and how it ended; nothing where nothing was tried. */
    private static final String ATTEMPTS = """
            INSERT INTO %s (event_id, endpoint_id, part, attempt, attempted_at, instance_id, outcome, ending, status,
                            duration_micros)
            SELECT id, endpoint_id, 0, CASE WHEN fate < 3 THEN 6 ELSE 1 END, received_at, instance_id,
                   CASE WHEN fate < 8 THEN 'refused' ELSE 'success' END,
                   CASE WHEN fate < 3 THEN 'exhausted' WHEN fate < 5 THEN 'gone' WHEN fate > 10 THEN 'delivered' END,
                   CASE WHEN fate < 3 THEN 503 WHEN fate < 5 THEN 410 WHEN fate < 8 THEN 503 ELSE 200 END, 40000
              FROM scale_row(?, ?, ?, ?, ?) WHERE status <> 'RECEIVED'""";
    /** Due in years, so that the gateway that is measured has nothing to send; parked where the endpoint is deactivated. */
    private static final String OWED = """
            INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, first_failed_at, due_at)
            SELECT endpoint.id, made.id, 0, made.instance_id, (fate < 8)::int, CASE WHEN fate < 8 THEN received_at END,
                   CASE endpoint.state WHEN 'active' THEN now() + interval '10 years' END
              FROM scale_row(?, ?, ?, ?, ?) AS made JOIN endpoint ON endpoint.id = made.endpoint_id
             WHERE made.status IN ('DISPATCHED', 'RECEIVED')""";

    private static final String ACKNOWLEDGED = """
            INSERT INTO %s (event_id, endpoint_id, part, acknowledged_at, user_id)
            SELECT id, endpoint_id, 0, received_at, 1 FROM scale_row(?, ?, ?, ?, ?) WHERE mod(i, 1000) = 0""";
    private static final String MINUTES = """
            INSERT INTO %s (organization_id, minute, instance_id, epoch, received, delivered, failed)
            SELECT 1, date_trunc('minute', received_at), instance_id, 1, count(*), sum(delivered), sum(failed)
              FROM event_search_:day WHERE item = 0 GROUP BY 2, 3""";
    private static final String HOURS = """
            INSERT INTO %s (organization_id, hour, instance_id, epoch, received, delivered, failed)
            SELECT 1, date_trunc('hour', minute), instance_id, 1, sum(received), sum(delivered), sum(failed)
              FROM event_rollup_:day GROUP BY 2, 3""";
    private static final String TOTAL = """
            INSERT INTO %s (organization_id, minute, epoch, received, delivered, failed)
            SELECT 1, minute, 1, sum(received), sum(delivered), sum(failed) FROM event_rollup_:day GROUP BY 2""";

    Instant begin() {
        return end.minus(Duration.ofDays(Size.DAYS));
    }

    void make() {
        session.run(ROWS);
        session.run("INSERT INTO epoch (node, recovered_at) VALUES ('scale', now())");
        LocalDate first = begin().atOffset(ZoneOffset.UTC).toLocalDate();
        first.datesUntil(end.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1)).forEach(this::day);
        session.run("VACUUM (ANALYZE, FREEZE)");
    }

    private void day(LocalDate day) {
        long first = firstNotBefore(day);
        long last = Math.min(firstNotBefore(day.plusDays(1)), size.events()) - 1;
        List<Object> range = List.of(first, last, micros(begin()), size.stepMicros(), size.instances());
        fill(
                "event",
                day,
                EVENTS,
                Stream.concat(range.stream(), Stream.of(day.toString())).toArray());
        fill("event_search", day, SEARCH, range.toArray());
        fill("attempt", day, ATTEMPTS, range.toArray());
        fill("acknowledgement", day, ACKNOWLEDGED, range.toArray());
        session.run(OWED, range.toArray());
        fill("event_rollup", day, MINUTES);
        fill("event_rollup_hour", day, HOURS);
        fill("event_rollup_total", day, TOTAL);
        System.out.printf("%s: events up to %,d%n", day, last + 1);
    }

    private long firstNotBefore(LocalDate day) {
        long micros = micros(day.atStartOfDay(ZoneOffset.UTC).toInstant()) - micros(begin());
        return Math.max(0, (micros + size.stepMicros() - 1) / size.stepMicros());
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** Indexes come last, all at once: with millions of rows that is much faster. */
    private void fill(String log, LocalDate day, String insert, Object... parameters) {
        String partition = name(log, day);
        session.atOnce(() -> {
            session.run("CREATE TABLE %s (LIKE %s INCLUDING ALL EXCLUDING INDEXES)".formatted(partition, log));
            session.run(insert.formatted(partition).replace(":day", day.format(SUFFIX)), parameters);
            session.run("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%sZ') TO ('%sZ')"
                    .formatted(
                            log, partition, day.atStartOfDay(), day.plusDays(1).atStartOfDay()));
        });
    }

    private static String name(String log, LocalDate day) {
        return log + "_" + day.format(SUFFIX);
    }
}
