package dev.sluice.persistence.connection;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.attempt.AttemptRepository;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attempts of before endpoints counted their URLs: at one that always had the same, and at one that had been changed. */
final class FormerUrlMigrationIT {
    private static final String BEFORE = "28";
    private static final String ONLY_URL = "http://localhost/callback";

    private static final String INSERT_EVENT = """
            INSERT INTO event (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, content_type, headers,
                               items, body)
            VALUES (:instance, :id, :at, 1, 1, ARRAY[:kept, :changed]::bigint[], 1, 'application/json', '{}', '[]', '{}')""";

    private static final String INSERT_ATTEMPT = """
            INSERT INTO attempt (event_id, endpoint_id, part, attempt, attempted_at, instance_id, outcome, status,
                                 duration_micros)
            VALUES (:event, :endpoint, 0, :number, :at, :instance, 'refused', 500, 12)""";

    private Database database;
    private EventId event;
    private long kept;
    private long changed;

    @BeforeEach
    void migrateWhatWasAttempted() {
        database = TestDatabase.createEmpty();
        DatabaseAddress address = database.address();
        Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .target(BEFORE)
                .load()
                .migrate();
        new Partitions(database).makeAhead().block(PATIENCE);
        kept = Fixture.instanceWithEndpoint(database);
        changed = count(
                database,
                "INSERT INTO endpoint (instance_id, url, position) VALUES (4711, 'http://mistyped', 1) RETURNING id");
        event = receive();
        attempt(kept, 1);
        attempt(changed, 1);
        execute(database, "UPDATE endpoint SET url = 'http://corrected', changed_at = now() WHERE id = " + changed);
        attempt(changed, 2);
        Migrations.apply(address);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void showsThemAtAnOnlyUrlAndOtherwiseAtNoneThatIsKnown() {
        assertThat(shown())
                .containsExactly(
                        tuple(kept, 1, ONLY_URL, false), tuple(changed, 1, null, true), tuple(changed, 2, null, true));
    }

    @Test
    void showsThemStillSoWhenTheUrlIsChangedAgain() {
        execute(database, "UPDATE endpoint SET url = url || '/moved'");

        assertThat(shown())
                .containsExactly(
                        tuple(kept, 1, ONLY_URL, true), tuple(changed, 1, null, true), tuple(changed, 2, null, true));
    }

    private EventId receive() {
        Instant now = await(database.client()
                .sql("SELECT now()")
                .map(row -> row.get(0, Instant.class))
                .one());
        EventId received = EventId.of(Fixture.INSTANCE, now, 1, 1);
        database.client()
                .sql(INSERT_EVENT)
                .bind("instance", Fixture.INSTANCE)
                .bind("id", received.id())
                .bind("at", now)
                .bind("kept", kept)
                .bind("changed", changed)
                .then()
                .block(PATIENCE);
        return received;
    }

    private void attempt(long endpoint, int number) {
        database.client()
                .sql(INSERT_ATTEMPT)
                .bind("event", event.id())
                .bind("endpoint", endpoint)
                .bind("number", number)
                .bind("at", event.receivedAt().plusSeconds(number))
                .bind("instance", Fixture.INSTANCE)
                .then()
                .block(PATIENCE);
    }

    private List<Tuple> shown() {
        return await(new AttemptRepository(database)
                .ofEvent(event, null, 10)
                .map(made -> tuple(
                        made.attempt().delivery().endpointId(), made.attempt().number(), made.url(), made.replaced()))
                .collectList());
    }
}
