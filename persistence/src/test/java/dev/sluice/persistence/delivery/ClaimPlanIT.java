package dev.sluice.persistence.delivery;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.OwedDeliveryRepository.DueEndpoint;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a claim costs where a great deal is owed. */
final class ClaimPlanIT {
    private static final int OWED = 60_000;
    private static final int LIMIT = 50;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static Database database;
    private static OwedDeliveryRepository owed;
    private static long endpoint;

    @BeforeAll
    static void oweMuch() {
        database = TestDatabase.create();
        owed = new OwedDeliveryRepository(database);
        endpoint = Fixture.instanceWithEndpoint(database);
        // Three endpoints share most of it, all due at one time, and a thousand others have a little each.
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
                SELECT %d + CASE WHEN i %% 10 < 9 THEN i %% 3 ELSE i %% 1000 + 10 END,
                       ('00000000-0000-0000-0000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, 4711, 0, now() - interval '1 s'
                  FROM generate_series(1, %d) AS i""".formatted(endpoint, OWED));
        execute(database, "VACUUM ANALYZE owed_delivery");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void readsNoMoreThanItsLimitAndOnlyByTheIndex() {
        JsonNode plan = explain(OwedDeliveryRepository.CLAIM_DUE, DuePosition.FIRST);

        assertThat(scans(plan))
                .filteredOn(scan ->
                        "owed_delivery".equals(scan.path("Relation Name").asString("")))
                .isNotEmpty()
                .allSatisfy(
                        scan -> assertThat(scan.path("Node Type").asString("")).startsWith("Index"))
                .allSatisfy(scan -> assertThat(scan.path("Actual Rows").asDouble()
                                * scan.path("Actual Loops").asDouble())
                        .isLessThanOrEqualTo(LIMIT));
    }

    @Test
    void stepsOverNothingThatWasClaimedBeforeWhileASnapshotIsHeldOpen() {
        PostgresqlConnection reader = await(database.connect("test-snapshot"));
        try {
            reader.createStatement("BEGIN ISOLATION LEVEL REPEATABLE READ")
                    .execute()
                    .thenMany(reader.createStatement("SELECT count(*) FROM endpoint")
                            .execute())
                    .concatMap(result -> result.map((row, columns) -> row.get(0, Long.class)))
                    .then()
                    .block(PATIENCE);
            DuePosition reached = claim(4_000);

            double fromTheFloor = blocks(explain(OwedDeliveryRepository.CLAIM_DUE, reached));
            double fromTheFirst = blocks(explain(OwedDeliveryRepository.CLAIM_DUE, DuePosition.FIRST));
            double lookingForTheNext = blocks(explainLook(Set.of(endpoint)));
            double lookingForAll = blocks(explainLook(Set.of()));

            assertThat(fromTheFloor).isBetween(1.0, fromTheFirst / 2);
            assertThat(lookingForTheNext).isBetween(1.0, lookingForAll / 2);
        } finally {
            reader.close().block(PATIENCE);
        }
    }

    @Test
    void readsNoMoreOfALineThanItsFirstHoweverLongItIs() {
        long ordered = endpoint + 100_000;
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at, order_key, position)
                SELECT %d, ('00000000-0000-0000-0000-' || lpad(to_hex(i), 12, '0'))::uuid, 0, 4711, 0,
                       now() - interval '1 s', CASE WHEN i %% 6 = 0 THEN i ELSE -1 END, nextval('owed_delivery_position')
                  FROM generate_series(1, %d) AS i""".formatted(ordered, OWED / 2));
        execute(database, "ANALYZE owed_delivery");
        LineRepository lines = new LineRepository(database);

        double looked = read(explain(LineRepository.CLAIM_FIRST, ordered, DuePosition.FIRST, true));
        long aside = 0;
        for (long more = -1; more != 0; aside += more) {
            more = await(lines.setAside(ordered, DuePosition.FIRST));
        }
        double read = read(explain(LineRepository.CLAIM_FIRST, ordered, DuePosition.FIRST, true));

        assertThat(looked).isLessThanOrEqualTo(1_000);
        assertThat(aside).as("what is due before the thousandth first").isBetween(4_000L, 6_000L);
        assertThat(read).isLessThanOrEqualTo(3 * LIMIT);
    }

    /** The most rows that any scan of what is owed brought, all of them by an index. */
    private static double read(JsonNode plan) {
        List<JsonNode> scans = scans(plan).stream()
                .filter(scan ->
                        "owed_delivery".equals(scan.path("Relation Name").asString("")))
                .toList();
        assertThat(scans)
                .isNotEmpty()
                .allSatisfy(
                        scan -> assertThat(scan.path("Node Type").asString("")).startsWith("Index"));
        return scans.stream()
                .mapToDouble(scan -> (scan.path("Actual Rows").asDouble()
                                + scan.path("Rows Removed by Filter").asDouble(0))
                        * scan.path("Actual Loops").asDouble())
                .max()
                .orElseThrow();
    }

    @Test
    void findsAllEndpointsWithDueWorkWhicheverAreLeftOutAndAskedAbout() {
        List<Long> all = ids(owed.endpointsWithDueWork(-1, 5_000, Set.of()));
        assertThat(all)
                .isSorted()
                .contains(endpoint, endpoint + 1, endpoint + 2, endpoint + 19)
                .hasSizeGreaterThan(90);
        Map<Long, DuePosition> known = Map.of(
                endpoint + 2, DuePosition.FIRST, endpoint + 19, DuePosition.FIRST, endpoint + 5, DuePosition.FIRST);

        List<Long> walked = ids(owed.endpointsWithDueWork(-1, 5_000, known.keySet()));
        List<Long> asked = ids(owed.stillDue(known));

        assertThat(walked).isSorted().doesNotContainAnyElementsOf(known.keySet());
        assertThat(asked).containsExactlyInAnyOrder(endpoint + 2, endpoint + 19);
        assertThat(walked).hasSize(all.size() - 2);
        assertThat(ids(owed.endpointsWithDueWork(endpoint + 2, 3, known.keySet())))
                .isEqualTo(
                        walked.stream().filter(id -> id > endpoint + 2).limit(3).toList());
    }

    private static List<Long> ids(Flux<DueEndpoint> endpoints) {
        return await(endpoints.map(DueEndpoint::id).collectList());
    }

    private static DuePosition claim(int count) {
        List<ClaimedDelivery> claims =
                await(owed.claimDue(endpoint, DuePosition.FIRST, LEASE, count).collectList());
        assertThat(claims).hasSize(count);
        return claims.stream()
                .map(claim -> new DuePosition(
                        Objects.requireNonNull(claim.dueAt()),
                        claim.id().eventId().id()))
                .max((one, other) -> Long.compare(
                        one.eventId().getLeastSignificantBits(), other.eventId().getLeastSignificantBits()))
                .orElseThrow();
    }

    private static JsonNode explain(String statement, DuePosition from) {
        return explain(statement, endpoint, from, false);
    }

    private static JsonNode explain(String statement, long endpointId, DuePosition from, boolean bounded) {
        return plan(
                statement,
                given -> (bounded ? given.bind("examined", 1_000).bind("repeats", true) : given)
                        .bind("endpoint", endpointId)
                        .bind("lease_micros", LEASE.toNanos() / 1_000)
                        .bind("limit", LIMIT)
                        .bind("from_due", from.dueAt())
                        .bind("from_event", from.eventId()));
    }

    /** Looking for one endpoint, from just before ours on. */
    private static JsonNode explainLook(Set<Long> without) {
        return plan(
                OwedDeliveryRepository.ENDPOINTS_WITH_DUE_WORK,
                given -> given.bind("edges", OwedDeliveryRepository.edges(endpoint - 1, without))
                        .bind("limit", 1));
    }

    private static JsonNode plan(String statement, UnaryOperator<GenericExecuteSpec> bind) {
        String plan = await(bind.apply(database.client().sql("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement))
                .map(row -> Objects.requireNonNull(row.get(0, String.class)))
                .one());
        return JsonMapper.shared().readTree(plan).get(0).get("Plan");
    }

    private static List<JsonNode> scans(JsonNode plan) {
        return StreamSupport.stream(plan.findParents("Relation Name").spliterator(), false)
                .filter(node -> node.path("Node Type").asString("").contains("Scan"))
                .toList();
    }

    /** Read by the scan that finds what is due; writing costs the same wherever it begins. */
    private static double blocks(JsonNode plan) {
        return scans(plan).stream()
                .filter(scan ->
                        "owed_delivery_in_order".equals(scan.path("Index Name").asString("")))
                .mapToDouble(scan -> scan.path("Shared Hit Blocks").asDouble()
                        + scan.path("Shared Read Blocks").asDouble())
                .sum();
    }
}
