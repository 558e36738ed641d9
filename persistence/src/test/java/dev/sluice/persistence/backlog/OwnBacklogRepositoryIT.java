package dev.sluice.persistence.backlog;

import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OwnBacklogRepositoryIT {
    private static final long STRANGER = 30;
    private static final Instant OLD = Instant.parse("2026-03-05T10:11:12Z");
    private static final Instant YOUNG = Instant.parse("2026-03-05T11:11:12Z");

    private static Database database;
    private static OwnBacklogRepository backlog;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        Fixture.instanceWithEndpoint(database);
        execute(database, """
                WITH org AS (INSERT INTO organization (id, name, secret_hash) OVERRIDING SYSTEM VALUE
                             VALUES (30, 'stranger', '\\x02') RETURNING id),
                     bob AS (INSERT INTO account_user (organization_id, email_address, first_name, last_name, secret_hash)
                             SELECT id, 'bob@example.com', 'Bob', 'B', '\\x02' FROM org RETURNING id, organization_id)
                INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration, secrets, token_hash)
                SELECT 815, organization_id, id, 'github', 'not yours', '{}', '{}', '', '\\x02' FROM bob""");
        // Endpoints of both in turn, so that each one's have the other's in between.
        execute(database, """
                INSERT INTO endpoint (instance_id, url, position)
                SELECT CASE WHEN n % 2 = 0 THEN 815 ELSE 4711 END, 'http://localhost/' || n, n
                  FROM generate_series(1, 200) AS n ORDER BY n""");
        backlog = new OwnBacklogRepository(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void nothingIsOwed() {
        execute(database, "DELETE FROM owed_delivery");
    }

    @Test
    void isEmptyWhenNothingIsOwed() {
        assertThat(await(backlog.ofOrganization(Fixture.ORGANIZATION))).isEqualTo(new OrganizationBacklog(0, 0, null));
    }

    @Test
    void countsOnlyItsOwn() {
        owe("url IN ('http://localhost/7', 'http://localhost/9', 'http://localhost/101')", YOUNG);
        owe("url = 'http://localhost/199'", OLD);
        owe("url IN ('http://localhost/8', 'http://localhost/200')", OLD.minusSeconds(60));

        assertThat(await(backlog.ofOrganization(Fixture.ORGANIZATION))).isEqualTo(new OrganizationBacklog(4, 4, OLD));
        assertThat(await(backlog.ofOrganization(STRANGER)))
                .isEqualTo(new OrganizationBacklog(2, 2, OLD.minusSeconds(60)));
    }

    @Test
    void countsNoFurtherThanItShows() {
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts)
                SELECT id, gen_random_uuid(), 0, instance_id, 0 FROM endpoint, generate_series(1, 12000)
                 WHERE url = 'http://localhost/7'""");
        long endpoint = Fixture.count(database, "SELECT id FROM endpoint WHERE url = 'http://localhost/7'");

        assertThat(await(backlog.ofOrganization(Fixture.ORGANIZATION)).owed())
                .isEqualTo(OrganizationBacklog.COUNTED_MAX);
        assertThat(await(backlog.ofEndpoints(List.of(endpoint)).single()).owed())
                .isEqualTo(EndpointBacklog.COUNTED_MAX);
    }

    private static void owe(String which, Instant receivedAt) {
        execute(database, """
                INSERT INTO owed_delivery (endpoint_id, event_id, part, instance_id, attempts)
                SELECT id, '%s', 0, instance_id, 0 FROM endpoint WHERE %s""".formatted(
                        EventId.of(Fixture.INSTANCE, receivedAt, 1, 1).id(), which));
    }
}
