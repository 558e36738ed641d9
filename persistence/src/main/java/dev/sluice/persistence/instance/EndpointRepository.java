package dev.sluice.persistence.instance;

import dev.sluice.persistence.connection.Database;
import java.util.Locale;
import java.util.Map;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The endpoints of instances, by the callback URLs that customers configure and by what callbacks answer. */
public final class EndpointRepository {
    private static final String INSERT = """
            INSERT INTO endpoint (instance_id, url, position, state, state_reason)
            VALUES (:instance, :url, :position, :state, :reason)""";
    /** Another URL is another receiver: what is known of the former one's health does not count for it. */
    private static final String UPDATE = """
            UPDATE endpoint
               SET url = :url, position = :position, state = :state, state_reason = :reason, changed_at = now(),
                   breaker = CASE WHEN url = :url OR (breaker = 'closed' AND endpoint.state <> 'deactivated')
                                  THEN breaker ELSE 'recovering' END,
                   breaker_due_at = CASE WHEN url = :url THEN breaker_due_at ELSE now() END,
                   chunk = CASE WHEN url = :url THEN chunk ELSE 0 END,
                   openings = CASE WHEN url = :url THEN openings ELSE 0 END,
                   failing_since = CASE WHEN url = :url THEN failing_since END,
                   last_error = CASE WHEN url = :url THEN last_error END,
                   breaker_generation = breaker_generation + CASE WHEN url = :url THEN 0 ELSE 1 END
             WHERE id = :id""";

    private static final String DELETE = """
            UPDATE endpoint SET state = 'deleted', breaker = 'closed', changed_at = now() WHERE id = :id""";
    /** Its organization is told by the same statement, if it wants to be. */
    private static final String DEACTIVATE = """
            WITH deactivated AS (
                UPDATE endpoint
                   SET state = 'deactivated', state_reason = :reason, changed_at = now(), breaker = 'closed', openings = 0,
                       breaker_generation = breaker_generation + 1
                 WHERE id = :id AND url = :url AND state = 'active'
                RETURNING id, instance_id, endpoint.url, state_reason, changed_at, failing_since),
            told AS (
                INSERT INTO notice (organization_id, topic, message)
                SELECT organization.id, 'event.endpoint.deactivated',
                       json_build_object(
                           'endpointId', deactivated.id, 'url', deactivated.url, 'reason', state_reason,
                           'deactivatedDate', changed_at, 'failingSince', failing_since, 'instanceId', instance.id,
                           'instanceName', instance.name, 'elementKey', instance.element_key)
                  FROM deactivated
                  JOIN instance ON instance.id = deactivated.instance_id
                  JOIN organization ON organization.id = instance.organization_id
                 WHERE notice_url IS NOT NULL)
            SELECT pg_notify('sluice_instance', instance_id::text) FROM deactivated""";

    private static final String DEACTIVATE_ON_DEMAND = """
            WITH deactivated AS (
                UPDATE endpoint
                   SET state = 'deactivated', state_reason = :reason, changed_at = now(), breaker = 'closed', openings = 0,
                       breaker_generation = breaker_generation + 1
                 WHERE id = :id AND instance_id = :instance AND state = 'active'
                RETURNING instance_id)
            SELECT pg_notify('sluice_instance', instance_id::text) FROM deactivated""";
    /** One that is active and has an open breaker is probed at once. */
    private static final String REACTIVATE = """
            WITH reactivated AS (
                UPDATE endpoint
                   SET state = 'active', state_reason = NULL, breaker_due_at = now(), failing_since = NULL,
                       changed_at = CASE WHEN state = 'active' THEN changed_at ELSE now() END,
                       breaker = CASE WHEN state = 'active' THEN breaker ELSE 'recovering' END,
                       chunk = CASE WHEN state = 'active' THEN chunk ELSE 0 END,
                       breaker_generation = breaker_generation + 1
                 WHERE id = :id AND instance_id = :instance
                   AND (state = 'deactivated' OR (state = 'active' AND breaker = 'open'))
                RETURNING instance_id)
            SELECT pg_notify('sluice_instance', instance_id::text) FROM reactivated""";

    private final DatabaseClient database;

    public EndpointRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Deactivates an endpoint, unless it is not active or its URL has been changed since. Repeating it changes nothing.
     *
     * @param url the URL that it is about
     * @param reason for people
     */
    public Mono<Void> deactivate(long endpointId, String url, String reason) {
        return database.sql(DEACTIVATE)
                .bind("id", endpointId)
                .bind("url", url)
                .bind("reason", reason)
                .then();
    }

    /** Deactivates an active endpoint of the instance because its owner wants it; nobody is told. */
    public Mono<Void> deactivateOnDemand(long instanceId, long endpointId, String reason) {
        return database.sql(DEACTIVATE_ON_DEMAND)
                .bind("instance", instanceId)
                .bind("id", endpointId)
                .bind("reason", reason)
                .then();
    }

    /**
     * Makes a deactivated endpoint of the instance active again: what it is owed is let go in order, in growing chunks. One
     * that is active and not called now is probed at once. Nothing else changes, and nothing by repeating it.
     */
    public Mono<Void> reactivate(long instanceId, long endpointId) {
        return database.sql(REACTIVATE)
                .bind("instance", instanceId)
                .bind("id", endpointId)
                .then();
    }

    /** Carries the plan out, within the caller's transaction, which holds a lock on the instance. */
    Mono<Void> apply(long instanceId, EndpointPlan plan) {
        return Flux.fromIterable(plan.removed())
                .concatMap(id -> database.sql(DELETE).bind("id", id).then())
                .thenMany(Flux.fromIterable(plan.changed()).concatMap(this::update))
                .thenMany(Flux.fromIterable(plan.added().entrySet()).concatMap(added -> insert(instanceId, added)))
                .then();
    }

    private Mono<Void> update(Endpoint endpoint) {
        GenericExecuteSpec update = database.sql(UPDATE)
                .bind("id", endpoint.id())
                .bind("url", endpoint.url())
                .bind("position", endpoint.position())
                .bind("state", endpoint.state().name().toLowerCase(Locale.ROOT));
        String reason = endpoint.reason();
        return (reason == null ? update.bindNull("reason", String.class) : update.bind("reason", reason)).then();
    }

    private Mono<Void> insert(long instanceId, Map.Entry<Integer, Callback> added) {
        Callback callback = added.getValue();
        GenericExecuteSpec insert = database.sql(INSERT)
                .bind("instance", instanceId)
                .bind("url", callback.url())
                .bind("position", added.getKey())
                .bind("state", EndpointPlan.stateOf(callback).name().toLowerCase(Locale.ROOT));
        String reason = callback.loop();
        return (reason == null ? insert.bindNull("reason", String.class) : insert.bind("reason", reason)).then();
    }
}
