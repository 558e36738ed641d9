package dev.sluice.persistence.endpoint;

import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Opens, probes and closes breakers, each by one guarded statement on the endpoint's row. Every change that concerns other
 * nodes is told to them with its commit.
 */
public final class BreakerRepository {
    private static final String OPEN = """
            WITH opened AS (
                UPDATE endpoint
                   SET breaker = 'open', openings = openings + 1, breaker_generation = breaker_generation + 1,
                       breaker_due_at = now() + interval '1 microsecond' * greatest(:wish,
                           least(:first * power(2, least(openings, 30)), :longest) * (0.9 + 0.2 * random())),
                       failing_since = coalesce(failing_since, now()), last_error = :error
                 WHERE id = :id AND url = :url AND state = 'active' AND breaker <> 'open'
                RETURNING instance_id)
            SELECT pg_notify('sluice_instance', instance_id::text) FROM opened""";
    private static final String CLAIM = """
            UPDATE endpoint
               SET breaker_due_at = now() + :lease * interval '1 microsecond', breaker_generation = breaker_generation + 1
             WHERE id IN (SELECT id FROM endpoint
                           WHERE breaker <> 'closed' AND breaker_due_at <= now()
                           ORDER BY breaker_due_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            RETURNING id, breaker, breaker_generation""";
    private static final String CLOSE = """
            WITH closed AS (
                UPDATE endpoint
                   SET breaker = 'recovering', breaker_due_at = now(), chunk = 0, failing_since = NULL,
                       last_error = NULL, probed_event_id = NULL, breaker_generation = breaker_generation + 1
                 WHERE id = :id AND breaker = 'open' AND breaker_generation = :generation
                RETURNING instance_id)
            SELECT pg_notify('sluice_instance', instance_id::text) FROM closed""";
    private static final String STAY_OPEN = """
            UPDATE endpoint
               SET openings = openings + 1, breaker_generation = breaker_generation + 1,
                   breaker_due_at = now() + interval '1 microsecond' * greatest(:wish,
                       least(:first * power(2, least(openings, 30)), :longest) * (0.9 + 0.2 * random())),
                   last_error = :error, probed_event_id = :probed
             WHERE id = :id AND breaker = 'open' AND breaker_generation = :generation
            RETURNING (extract(epoch FROM now() - failing_since) * 1000000)::bigint AS failing""";
    private static final String REST = """
            UPDATE endpoint
               SET breaker_due_at = now() + interval '1 microsecond'
                       * least(:first * power(2, least(openings - 1, 30)), :longest),
                   breaker_generation = breaker_generation + 1
             WHERE id = :id AND breaker = 'open' AND breaker_generation = :generation""";

    private final DatabaseClient database;
    private final BreakerPause pause;

    public BreakerRepository(Database database, BreakerPause pause) {
        this.database = database.client();
        this.pause = pause;
    }

    /**
     * Opens an endpoint's breaker, unless it is open, not active, or has another URL by now. Repeating it changes nothing.
     *
     * @param url the one that failed
     * @param error what the last call came to, for people
     * @param wish how long the receiver wants to be left alone, zero when it did not say
     */
    public Mono<Void> open(long endpointId, String url, String error, Duration wish) {
        return database.sql(OPEN)
                .bind("id", endpointId)
                .bind("url", url)
                .bind("error", error)
                .bind("wish", micros(wish))
                .bind("first", pause.firstMicros())
                .bind("longest", pause.longestMicros())
                .then();
    }

    /**
     * Claims breakers that are due: open ones for a probe, recovering ones for more. No other node gets them before the
     * lease ends.
     *
     * @param lease longer than a probe takes
     * @param limit no more than can be looked after at once
     */
    public Flux<BreakerClaim> claim(Duration lease, int limit) {
        return database.sql(CLAIM)
                .bind("lease", micros(lease))
                .bind("limit", limit)
                .map(BreakerClaim::read)
                .all();
    }

    /** The probe succeeded: what is parked is let go in growing chunks. */
    public Mono<Void> close(BreakerClaim claim) {
        return guarded(CLOSE, claim).then();
    }

    /**
     * The probe failed: it stays open, longer than before.
     *
     * @param probed whose delivery failed; the next probe takes another's, so that one that nobody could take keeps no
     *     endpoint closed
     * @param wish how long the receiver wants to be left alone, zero when it did not say
     * @return for how long nothing succeeded; empty when the claim does not hold any more
     */
    public Mono<Duration> stayOpen(BreakerClaim claim, UUID probed, String error, Duration wish) {
        return guarded(STAY_OPEN, claim)
                .bind("probed", probed)
                .bind("error", error)
                .bind("wish", micros(wish))
                .bind("first", pause.firstMicros())
                .bind("longest", pause.longestMicros())
                .map(row -> Duration.ofNanos(1_000 * Objects.requireNonNullElse(row.get("failing", Long.class), 0L)))
                .one();
    }

    /** There was nothing to probe with: it is looked at again after another pause like the last. */
    public Mono<Void> rest(BreakerClaim claim) {
        return guarded(REST, claim)
                .bind("first", pause.firstMicros())
                .bind("longest", pause.longestMicros())
                .then();
    }

    private DatabaseClient.GenericExecuteSpec guarded(String statement, BreakerClaim claim) {
        return database.sql(statement).bind("id", claim.endpointId()).bind("generation", claim.generation());
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
