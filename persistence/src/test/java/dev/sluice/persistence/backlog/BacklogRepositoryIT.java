package dev.sluice.persistence.backlog;

import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.Partitions;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BacklogRepositoryIT {
    private static final String OWE = """
            INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts, due_at)
            SELECT e.id, gen_random_uuid(), 0, e.instance_id, 0, now() + interval '1 second' * %s
              FROM endpoint AS e, generate_series(1, %d)""";

    private static Database database;
    private static BacklogRepository backlog;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        Fixture.instanceWithEndpoint(database);
        backlog = new BacklogRepository(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void nothingIsOwed() {
        execute(database, "DELETE FROM owed_delivery");
        execute(database, "UPDATE endpoint SET breaker = 'closed', breaker_due_at = NULL, state = 'active'");
    }

    @Test
    void isEmptyWhenNothingIsOwed() {
        await(new Partitions(database).makeAhead().thenReturn(true));

        assertThat(await(backlog.read())).isEqualTo(new Backlog(0, 0, Duration.ZERO, 0, 0, 0, 3));
    }

    @Test
    void tellsWhatIsDueFromWhatIsParked() {
        execute(database, OWE.formatted("60", 3));
        execute(database, OWE.formatted("NULL::int", 2));

        assertThat(await(backlog.read())).satisfies(read -> {
            assertThat(read.due()).isEqualTo(3);
            assertThat(read.parked()).isEqualTo(2);
            assertThat(read.lag()).isZero();
        });
    }

    @Test
    void lagsAsLongAsTheOldestHasWaited() {
        execute(database, OWE.formatted("-5", 1));
        execute(database, OWE.formatted("-300", 1));

        assertThat(await(backlog.read()).lag()).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(400));
    }

    @Test
    void countsEndpointsInTrouble() {
        execute(database, "UPDATE endpoint SET breaker = 'open', breaker_due_at = now()");
        assertThat(await(backlog.read()).open()).isOne();

        execute(database, "UPDATE endpoint SET breaker = 'recovering'");
        assertThat(await(backlog.read()).recovering()).isOne();

        execute(database, "UPDATE endpoint SET breaker = 'closed', breaker_due_at = NULL, state = 'deactivated'");
        assertThat(await(backlog.read()).deactivated()).isOne();
    }
}
