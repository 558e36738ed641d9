package dev.sluice.persistence.connection;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.draft;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventLog;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

final class PartitionsIT {
    private static final String ATTACHED = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'event'::regclass";

    private static final String BODIES_IN_ROWS = """
            SELECT count(*) FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
             WHERE inhparent = 'event'::regclass AND 'toast_tuple_target=8160' = ANY (reloptions)""";

    private Database database;
    private Partitions partitions;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        partitions = new Partitions(database);
        Fixture.instanceWithEndpoint(database);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void makesYesterdayToThreeDaysAheadOnce() {
        assertThat(count(database, ATTACHED)).isEqualTo(5);

        partitions.makeAhead().block(PATIENCE);

        assertThat(count(database, ATTACHED)).isEqualTo(5);
    }

    @Test
    void hasWhatIsChangedLateVacuumedInTime() {
        assertThat(count(database, """
                        SELECT count(*) FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                         WHERE inhparent = 'event_search'::regclass
                           AND 'autovacuum_vacuum_scale_factor=0.02' = ANY (reloptions)""")).isEqualTo(5);
    }

    @Test
    void keepsBodiesThatAreNotCompressedInTheirRows() {
        execute(database, "ALTER TABLE event ALTER COLUMN body SET STORAGE EXTERNAL");
        makeDaysAnew();

        assertThat(count(database, BODIES_IN_ROWS)).isEqualTo(5);
    }

    /** A row that may be long is not compressed as long as it fits. */
    @Test
    void hasBodiesCompressedWhereTheyCanBe() {
        execute(database, "ALTER TABLE event ALTER COLUMN body SET STORAGE EXTENDED");
        makeDaysAnew();

        assertThat(count(database, BODIES_IN_ROWS)).isZero();
    }

    private void makeDaysAnew() {
        partitions.removeOlder("event", -10).block(PATIENCE);
        partitions.makeAhead().block(PATIENCE);
        assertThat(count(database, ATTACHED)).isEqualTo(5);
    }

    @Test
    void letsTwoNodesMakeThemAtOnce() {
        execute(database, "DROP TABLE IF EXISTS event_20000101");
        try (Database fresh = TestDatabase.create()) {
            List.of("event", "attempt", "dedupe_key")
                    .forEach(log -> new Partitions(fresh).removeOlder(log, -10).block(PATIENCE));
            Mono.when(new Partitions(fresh).makeAhead(), new Partitions(fresh).makeAhead())
                    .block(PATIENCE);

            assertThat(count(fresh, ATTACHED)).isEqualTo(5);
        }
    }

    @Test
    void letsTwoNodesRemoveThemAtOnce() {
        execute(
                database,
                "CREATE TABLE attempt_20200101 PARTITION OF attempt FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')");

        Mono.when(partitions.removeOlder("attempt", 7), new Partitions(database).removeOlder("attempt", 7))
                .block(PATIENCE);

        assertThat(count(database, "SELECT count(*) FROM pg_class WHERE relname = 'attempt_20200101'"))
                .isZero();
    }

    @Test
    void isFreeForTheNextLogAsSoonAsOneIsDone() {
        for (int log = 0; log < 50; log++) {
            partitions.removeOlder("attempt", 7).block(PATIENCE);

            assertThat(count(database, """
                            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
                               AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""")).isZero();
        }
    }

    @Test
    void removesWhatRetentionEndsWithoutStoppingIntakeForAnOpenReader() {
        execute(database, "CREATE TABLE event_20200101 (LIKE event INCLUDING ALL)");
        execute(
                database,
                "ALTER TABLE event ATTACH PARTITION event_20200101 FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z')");
        PostgresqlConnection reader = await(database.connect("reader"));
        reader.beginTransaction().block(PATIENCE);
        reader.createStatement("SELECT count(*) FROM event")
                .execute()
                .concatMap(r -> r.map(row -> row.get(0)))
                .then()
                .block(PATIENCE);

        CompletableFuture<Void> removal = appendingWhileItWaits(() -> partitions.removeOlder("event", 7));

        assertThat(removal).as("while the reader is there").isNotDone();
        reader.commitTransaction().then(Mono.defer(reader::close)).block(PATIENCE);
        assertThat(removal).succeedsWithin(PATIENCE);
        assertThat(count(database, "SELECT count(*) FROM pg_class WHERE relname = 'event_20200101'"))
                .isZero();
        assertThat(count(database, ATTACHED)).isEqualTo(5);
    }

    /** Each append begins while the removal waits for the reader. */
    private CompletableFuture<Void> appendingWhileItWaits(Supplier<Mono<Void>> work) {
        Node node = new Node(database, "test");
        node.start().block(PATIENCE);
        try (node;
                EventLog log = new EventLog(node, Duration.ofDays(3), event -> {}, 1)) {
            log.start();
            assertThat(await(log.append(draft("before", List.of()), () -> {}))).isInstanceOf(Appended.Stored.class);
            CompletableFuture<Void> removal = work.get().toFuture();
            for (int i = 0; i < 3; i++) {
                await().atMost(PATIENCE).until(() -> waitingForLocks() > 0);
                assertThat(await(log.append(draft("meanwhile-" + i, List.of()), () -> {})))
                        .isInstanceOf(Appended.Stored.class);
            }
            return removal;
        }
    }

    private long waitingForLocks() {
        return count(database, """
                SELECT count(*) FROM pg_stat_activity
                 WHERE wait_event_type = 'Lock' AND datname = current_database()""");
    }
}
