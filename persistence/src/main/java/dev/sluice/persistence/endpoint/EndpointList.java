package dev.sluice.persistence.endpoint;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An organization's endpoints, by id. A page costs the same wherever in the list it is, and however long that is. */
public final class EndpointList {
    private static final String COLUMNS = """
            SELECT endpoint.id, endpoint.url, position, state, state_reason, endpoint.url_number, changed_at, breaker,
                   breaker_due_at, failing_since, last_error, failure_policy, failed_at, failure.event_id, words,
                   instance_id, instance.name, element_key, disabled
              FROM endpoint
              LEFT JOIN endpoint_failure AS failure
                ON failure.endpoint_id = endpoint.id AND failure.url_number = endpoint.url_number
              JOIN instance ON instance.id = endpoint.instance_id
              JOIN organization ON organization.id = instance.organization_id
            """;

    /** By {@code endpoint_of_organization}. */
    private static final String ALL = COLUMNS + """
             WHERE endpoint.organization_id = :organization AND endpoint.id > :after AND state <> 'deleted'
             ORDER BY endpoint.id LIMIT :limit""";

    /** By {@code endpoint_in_trouble}. */
    private static final String IN_TROUBLE = COLUMNS + """
             WHERE endpoint.organization_id = :organization AND endpoint.id > :after
               AND state <> 'deleted' AND (breaker <> 'closed' OR state = 'deactivated')
             ORDER BY endpoint.id LIMIT :limit""";

    /** By {@code endpoint_of_instance}, in the order of its callback URLs. */
    private static final String OF_INSTANCE = COLUMNS + """
             WHERE instance_id = :instance AND endpoint.organization_id = :organization AND state <> 'deleted'
             ORDER BY position, endpoint.id LIMIT :limit""";

    private static final String ONE = COLUMNS + """
             WHERE endpoint.organization_id = :organization AND endpoint.id = :id AND state <> 'deleted'""";

    private static final String TROUBLE = """
            SELECT count(*) FILTER (WHERE state = 'active' AND breaker = 'open') AS open,
                   count(*) FILTER (WHERE state = 'active' AND breaker = 'recovering') AS recovering,
                   count(*) FILTER (WHERE state = 'deactivated') AS deactivated
              FROM (SELECT state, breaker FROM endpoint
                     WHERE organization_id = :organization
                       AND state <> 'deleted' AND (breaker <> 'closed' OR state = 'deactivated') LIMIT :counted) AS found""";

    /** More than any configuration holds. */
    private static final int OF_INSTANCE_MAX = 500;

    private final DatabaseClient database;

    public EndpointList(Database database) {
        this.database = database.client();
    }

    /**
     * A part of the list.
     *
     * @param inTrouble only those that are not called now, or only gently
     * @param after only ids above this one; 0 to begin
     * @param limit at least 1
     */
    public Flux<ListedEndpoint> page(long organizationId, boolean inTrouble, long after, int limit) {
        return database.sql(inTrouble ? IN_TROUBLE : ALL)
                .bind("organization", organizationId)
                .bind("after", after)
                .bind("limit", limit)
                .map(ListedEndpoint::read)
                .all();
    }

    /** Those of one instance of the organization. */
    public Flux<ListedEndpoint> ofInstance(long organizationId, long instanceId) {
        return database.sql(OF_INSTANCE)
                .bind("organization", organizationId)
                .bind("instance", instanceId)
                .bind("limit", OF_INSTANCE_MAX)
                .map(ListedEndpoint::read)
                .all();
    }

    /** One endpoint of the organization; empty when it has none of that id. */
    public Mono<ListedEndpoint> find(long organizationId, long endpointId) {
        return database.sql(ONE)
                .bind("organization", organizationId)
                .bind("id", endpointId)
                .map(ListedEndpoint::read)
                .one();
    }

    /** How many are in trouble. */
    public Mono<EndpointTrouble> trouble(long organizationId) {
        return database.sql(TROUBLE)
                .bind("organization", organizationId)
                .bind("counted", EndpointTrouble.COUNTED_MAX)
                .map(row ->
                        new EndpointTrouble(number(row, "open"), number(row, "recovering"), number(row, "deactivated")))
                .one();
    }

    private static long number(Readable row, String column) {
        return requireNonNull(row.get(column, Long.class));
    }
}
