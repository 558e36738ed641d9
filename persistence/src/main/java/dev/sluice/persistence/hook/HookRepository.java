package dev.sluice.persistence.hook;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what we registered at providers. Each change is one guarded statement. */
public final class HookRepository {
    private static final String WANT = """
            INSERT INTO provider_hook (instance_id, wanted_url) VALUES (:instance, :url)
            ON CONFLICT (instance_id) DO UPDATE
               SET wanted_url = excluded.wanted_url, due_at = now(),
                   url = CASE WHEN :anew THEN '' ELSE provider_hook.url END""";
    private static final String LEASE = """
            UPDATE provider_hook
               SET lease_owner = :owner, leased_until = now() + :lease * interval '1 second'
             WHERE instance_id = :instance AND leased_until <= now()
            RETURNING instance_id, wanted_url, url, hook_ids, settings, failures""";
    private static final String LEASE_DUE = """
            UPDATE provider_hook
               SET lease_owner = :owner, leased_until = now() + :lease * interval '1 second'
             WHERE instance_id IN (SELECT hook.instance_id
                                     FROM provider_hook hook JOIN instance ON instance.id = hook.instance_id
                                    WHERE hook.due_at <= now() AND hook.leased_until <= now()
                                      AND instance.deleted_at IS NULL
                                    ORDER BY hook.due_at LIMIT :limit FOR UPDATE OF hook SKIP LOCKED)
            RETURNING instance_id, wanted_url, url, hook_ids, settings, failures""";
    private static final String RECORD = """
            UPDATE provider_hook SET url = :url, hook_ids = :ids, settings = CAST(:settings AS jsonb)
             WHERE instance_id = :instance AND lease_owner = :owner""";
    private static final String END = """
            UPDATE provider_hook
               SET due_at = now() + :wait * interval '1 second', problem = :problem,
                   failures = CASE WHEN :failed THEN failures + 1 ELSE 0 END,
                   lease_owner = NULL, leased_until = '-infinity'
             WHERE instance_id = :instance AND lease_owner = :owner""";
    private static final String FORGET =
            "DELETE FROM provider_hook WHERE instance_id = :instance AND lease_owner = :owner";
    private static final String PROBLEMS = """
            SELECT instance_id, problem FROM provider_hook
             WHERE problem IS NOT NULL AND instance_id = ANY (CAST(:instances AS bigint[]))""";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> TEXT_BY_KEY = new TypeReference<>() {};

    private final DatabaseClient database;

    public HookRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Notes that the instance's webhooks are to be looked at now.
     *
     * @param url where they shall lead, without any secret
     * @param anew whether those that stand are to be replaced in any case
     */
    public Mono<Void> want(long instanceId, String url, boolean anew) {
        return database.sql(WANT)
                .bind("instance", instanceId)
                .bind("url", url)
                .bind("anew", anew)
                .then();
    }

    /** Takes the right to work on the instance's; empty when somebody else has it, or there is nothing to work on. */
    public Mono<HookLease> lease(long instanceId, Duration lease) {
        return Mono.defer(() -> {
            UUID owner = UUID.randomUUID();
            return database.sql(LEASE)
                    .bind("owner", owner)
                    .bind("lease", lease.toSeconds())
                    .bind("instance", instanceId)
                    .map(row -> new HookLease(owner, read(row)))
                    .one();
        });
    }

    /** Takes the right to work on those whose time has come, the longest due first; none of a deleted instance. */
    public Flux<HookLease> leaseDue(Duration lease, int limit) {
        return Flux.defer(() -> {
            UUID owner = UUID.randomUUID();
            return database.sql(LEASE_DUE)
                    .bind("owner", owner)
                    .bind("lease", lease.toSeconds())
                    .bind("limit", limit)
                    .map(row -> new HookLease(owner, read(row)))
                    .all();
        });
    }

    private static ProviderHooks read(Readable row) {
        return new ProviderHooks(
                requireNonNull(row.get("instance_id", Long.class)),
                requireNonNull(row.get("wanted_url", String.class)),
                requireNonNull(row.get("url", String.class)),
                List.of(requireNonNull(row.get("hook_ids", String[].class))),
                JSON.readValue(requireNonNull(row.get("settings", String.class)), TEXT_BY_KEY),
                requireNonNull(row.get("failures", Integer.class)));
    }

    /** Writes down what stands by now, while the lease goes on. */
    public Mono<Void> record(HookLease lease, ProviderHooks now) {
        return guarded(database.sql(RECORD), lease)
                .bind("url", now.url())
                .bind("ids", now.ids().toArray(String[]::new))
                .bind("settings", JSON.writeValueAsString(now.settings()))
                .then();
    }

    /**
     * Ends the lease.
     *
     * @param next after which time to look again
     * @param problem what keeps the webhooks from standing; null when they do
     */
    public Mono<Void> end(HookLease lease, Duration next, @Nullable String problem) {
        GenericExecuteSpec statement =
                guarded(database.sql(END), lease).bind("wait", next.toSeconds()).bind("failed", problem != null);
        return (problem == null ? statement.bindNull("problem", String.class) : statement.bind("problem", problem))
                .then();
    }

    /** Ends the lease of one that has no webhooks any more. */
    public Mono<Void> forget(HookLease lease) {
        return guarded(database.sql(FORGET), lease).then();
    }

    private static GenericExecuteSpec guarded(GenericExecuteSpec statement, HookLease lease) {
        return statement.bind("instance", lease.hooks().instanceId()).bind("owner", lease.owner());
    }

    /** What keeps webhooks from standing, by the ids of those instances that it concerns. */
    public Mono<Map<Long, String>> problems(Collection<Long> instanceIds) {
        return database.sql(PROBLEMS)
                .bind("instances", instanceIds.toArray(Long[]::new))
                .map(row -> Map.entry(
                        requireNonNull(row.get("instance_id", Long.class)),
                        requireNonNull(row.get("problem", String.class))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
