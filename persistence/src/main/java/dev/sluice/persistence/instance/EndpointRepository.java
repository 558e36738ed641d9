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
                   breaker = CASE WHEN url = :url OR breaker = 'closed' THEN breaker ELSE 'recovering' END,
                   breaker_due_at = CASE WHEN url = :url THEN breaker_due_at ELSE now() END,
                   chunk = CASE WHEN url = :url THEN chunk ELSE 0 END,
                   openings = CASE WHEN url = :url THEN openings ELSE 0 END,
                   failing_since = CASE WHEN url = :url THEN failing_since END,
                   last_error = CASE WHEN url = :url THEN last_error END,
                   breaker_generation = breaker_generation + CASE WHEN url = :url THEN 0 ELSE 1 END
             WHERE id = :id""";

    private static final String DELETE = """
            UPDATE endpoint SET state = 'deleted', breaker = 'closed', changed_at = now() WHERE id = :id""";
    private static final String STOP = """
            WITH stopped AS (
                UPDATE endpoint SET state = 'stopped', state_reason = :reason, changed_at = now()
                 WHERE id = :id AND url = :url AND state = 'active'
                RETURNING instance_id)
            SELECT pg_notify('sluice_instance', instance_id::text) FROM stopped""";

    private final DatabaseClient database;

    public EndpointRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Stops an endpoint that wants no more notifications, unless it is not active or its URL has been changed since.
     *
     * @param url the URL that said so
     * @param reason what it said, for people
     */
    public Mono<Void> stop(long endpointId, String url, String reason) {
        return database.sql(STOP)
                .bind("id", endpointId)
                .bind("url", url)
                .bind("reason", reason)
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
