package dev.sluice.persistence.backlog;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads what one organization is owed. It costs no more when much is. */
public final class OwnBacklogRepository {
    /** Ten microseconds each. */
    private static final int STEPS_MAX = 2_000;

    /**
     * Steps from endpoint to endpoint over two indexes at once: from the next that anything is owed to, whoever's it is, to
     * the organization's next, and from there on. So neither many endpoints that are owed nothing nor many of others are in
     * the way, only both together.
     */
    private static final String OF_ORGANIZATION = """
            WITH RECURSIVE step (id, owing, taken) AS (
                SELECT 0::bigint, false, 0
                 UNION ALL
                SELECT CASE WHEN own.id = next.id THEN own.id ELSE own.id - 1 END, own.id = next.id, step.taken + 1
                  FROM step
                 CROSS JOIN LATERAL (
                       SELECT endpoint_id AS id FROM owed_delivery
                        WHERE endpoint_id > step.id ORDER BY endpoint_id LIMIT 1) AS next
                 CROSS JOIN LATERAL (
                       SELECT endpoint.id FROM endpoint
                        WHERE organization_id = :organization AND endpoint.id >= next.id AND state <> 'deleted'
                        ORDER BY endpoint.id LIMIT 1) AS own
                 WHERE step.taken < :steps),
            owing AS MATERIALIZED (SELECT id FROM step WHERE owing)
            SELECT (SELECT count(*) FROM owing) AS endpoints,
                   (SELECT count(*) FROM (
                           SELECT FROM owing CROSS JOIN LATERAL (
                                  SELECT FROM owed_delivery WHERE endpoint_id = owing.id LIMIT :counted) AS owed
                            LIMIT :counted) AS counted) AS owed,
                   (SELECT event_id FROM owing CROSS JOIN LATERAL (
                           SELECT event_id FROM owed_delivery
                            WHERE endpoint_id = owing.id ORDER BY event_id LIMIT 1) AS first
                     ORDER BY event_id LIMIT 1) AS oldest""";

    private static final String OF_ENDPOINTS = """
            SELECT wanted.id,
                   (SELECT count(*) FROM (
                           SELECT FROM owed_delivery WHERE endpoint_id = wanted.id LIMIT :counted) AS counted) AS owed,
                   (SELECT event_id FROM owed_delivery WHERE endpoint_id = wanted.id ORDER BY event_id LIMIT 1) AS oldest
              FROM unnest(:endpoints) AS wanted (id)""";

    private final DatabaseClient database;

    public OwnBacklogRepository(Database database) {
        this.database = database.client();
    }

    /** What all endpoints of an organization are owed. */
    public Mono<OrganizationBacklog> ofOrganization(long organizationId) {
        return database.sql(OF_ORGANIZATION)
                .bind("organization", organizationId)
                .bind("steps", STEPS_MAX)
                .bind("counted", OrganizationBacklog.COUNTED_MAX)
                .map(row -> new OrganizationBacklog(number(row, "owed"), number(row, "endpoints"), oldest(row)))
                .one();
    }

    /** What each of these endpoints is owed. */
    public Flux<EndpointBacklog> ofEndpoints(Collection<Long> endpointIds) {
        return database.sql(OF_ENDPOINTS)
                .bind("endpoints", endpointIds.toArray(Long[]::new))
                .bind("counted", EndpointBacklog.COUNTED_MAX)
                .map(row -> new EndpointBacklog(number(row, "id"), number(row, "owed"), oldest(row)))
                .all();
    }

    private static @Nullable Instant oldest(Readable row) {
        UUID event = row.get("oldest", UUID.class);
        return event == null ? null : EventId.receivedAt(event);
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
