package dev.sluice.persistence.endpoint;

import dev.sluice.persistence.connection.Database;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Says how endpoints are. */
public final class ConditionRepository {
    private static final String OF_INSTANCE = """
            SELECT endpoint.id, endpoint.url, position, state, state_reason, endpoint.url_number, changed_at, breaker,
                   breaker_due_at, failing_since, last_error, failure_policy, failed_at, failure.event_id, words
              FROM endpoint
              LEFT JOIN endpoint_failure AS failure
                ON failure.endpoint_id = endpoint.id AND failure.url_number = endpoint.url_number
              JOIN instance ON instance.id = endpoint.instance_id
              JOIN organization ON organization.id = instance.organization_id
             WHERE instance_id = :instance AND state <> 'deleted' ORDER BY position, endpoint.id""";

    private final DatabaseClient database;

    public ConditionRepository(Database database) {
        this.database = database.client();
    }

    /** The instance's endpoints and how they are, in the order of its callback URLs, without deleted ones. */
    public Flux<EndpointCondition> ofInstance(long instanceId) {
        return database.sql(OF_INSTANCE)
                .bind("instance", instanceId)
                .map(EndpointCondition::read)
                .all();
    }
}
