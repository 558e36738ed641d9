package dev.sluice.gateway.trouble;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.delivery.retry.ClaimFloors;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.delivery.ClaimedDelivery;
import dev.sluice.persistence.delivery.DuePosition;
import dev.sluice.persistence.delivery.OwedDeliveryRepository;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A database in which one endpoint is owed a number of deliveries, all due, claimed as the gateway does it. */
final class Owing implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final long ENDPOINT = 1;
    private static final int A_TURN = 16;
    private static final int A_STATEMENT = 100_000;
    private static final String OWE = """
            INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
            SELECT 1, ('018f0000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, 1, 1,
                   now() - interval '1 hour' + i * interval '1 microsecond'
              FROM generate_series(%d, %d) AS i""";

    private final Database database;
    private final OwedDeliveryRepository owed;
    private final ClaimFloors floors = new ClaimFloors();
    private long next;

    private Owing(Database database) {
        this.database = database;
        this.owed = new OwedDeliveryRepository(database);
    }

    static Owing create(DatabaseAddress server, String name, int count) {
        try (Database maintenance = new Database(server, 1)) {
            maintenance.client().sql("CREATE DATABASE " + name).then().block(PATIENCE);
        }
        DatabaseAddress address = server.withDatabase(name);
        Migrations.apply(address);
        Owing owing = new Owing(new Database(address, 2));
        while (owing.next < count) {
            owing.owe(Math.min(A_STATEMENT, count));
        }
        owing.run("VACUUM ANALYZE owed_delivery");
        return owing;
    }

    private void owe(int count) {
        run(OWE.formatted(next + 1, next + count));
        next += count;
    }

    private void run(String sql) {
        database.client().sql(sql).then().block(PATIENCE);
    }

    DatabaseAddress address() {
        return database.address();
    }

    /** Claims so many, and replaces them by others; returns how many milliseconds the claim took. */
    double claimAndReplace(int count) {
        long before = System.nanoTime();
        List<ClaimedDelivery> claims = claim(count);
        double millis = (System.nanoTime() - before) / 1e6;
        if (claims.size() != count) {
            throw new IllegalStateException("claimed: " + claims.size() + " (expected: " + count + ")");
        }
        end(claims);
        owe(count);
        return millis;
    }

    /** Claims and ends what one endpoint gets of a round. */
    void claimATurn() {
        end(claim(A_TURN));
    }

    private List<ClaimedDelivery> claim(int count) {
        long now = System.nanoTime();
        List<ClaimedDelivery> claims =
                Objects.requireNonNull(owed.claimDue(ENDPOINT, floors.of(ENDPOINT, now), LEASE, count)
                        .collectList()
                        .block(PATIENCE));
        claims.stream()
                .map(claim -> new DuePosition(
                        Objects.requireNonNull(claim.dueAt()),
                        claim.id().eventId().id()))
                .max(Comparator.comparing(DuePosition::dueAt))
                .ifPresent(last -> floors.claimed(ENDPOINT, last, claims.size(), System.nanoTime()));
        return claims;
    }

    private void end(List<ClaimedDelivery> claims) {
        database.client()
                .sql("DELETE FROM owed_delivery WHERE endpoint_id = 1 AND event_id = ANY(:ids)")
                .bind(
                        "ids",
                        claims.stream().map(claim -> claim.id().eventId().id()).toArray(UUID[]::new))
                .then()
                .block(PATIENCE);
    }

    /** Looks for endpoints with due work as the gateway does; returns how many milliseconds that took. */
    double look() {
        long before = System.nanoTime();
        var known = floors.known(before);
        owed.stillDue(known)
                .concatWith(owed.endpointsWithDueWork(-1, 500, known.keySet()))
                .collectList()
                .block(PATIENCE);
        return (System.nanoTime() - before) / 1e6;
    }

    void awaitNanos(long until) {
        await().pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> System.nanoTime() >= until);
    }

    @Override
    public void close() {
        database.close();
    }
}
