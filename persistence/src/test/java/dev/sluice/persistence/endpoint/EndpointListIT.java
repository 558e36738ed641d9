package dev.sluice.persistence.endpoint;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class EndpointListIT {
    private static final long STRANGER = 30;

    private static Database database;
    private static EndpointList endpoints;

    @BeforeAll
    static void start() {
        database = TestDatabase.create();
        Fixture.instanceWithEndpoint(database);
        execute(database, """
                INSERT INTO endpoint (instance_id, url, position, state, breaker)
                VALUES (4711, 'http://localhost/open', 1, 'active', 'open'),
                       (4711, 'http://localhost/off', 2, 'deactivated', 'closed'),
                       (4711, 'http://localhost/gone', 3, 'deleted', 'recovering'),
                       (4711, 'http://localhost/slow', 4, 'active', 'recovering')""");
        endpoints = new EndpointList(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void knowsWhoseAnEndpointIsFromItsInstance() {
        assertThat(Fixture.count(database, "SELECT count(*) FROM endpoint WHERE organization_id = 29"))
                .isEqualTo(5);
    }

    @Test
    void listsThemPageByPageWithoutDeletedOnes() {
        List<ListedEndpoint> first =
                await(endpoints.page(Fixture.ORGANIZATION, false, 0, 3).collectList());
        List<ListedEndpoint> rest = await(endpoints
                .page(Fixture.ORGANIZATION, false, first.get(2).id(), 3)
                .collectList());

        assertThat(first).extracting(EndpointListIT::url).containsExactly("callback", "open", "off");
        assertThat(rest).extracting(EndpointListIT::url).containsExactly("slow");
    }

    @Test
    void findsThoseInTrouble() {
        assertThat(await(endpoints.page(Fixture.ORGANIZATION, true, 0, 10).collectList()))
                .extracting(EndpointListIT::url)
                .containsExactly("open", "off", "slow");
        assertThat(await(endpoints.trouble(Fixture.ORGANIZATION))).isEqualTo(new EndpointTrouble(1, 1, 1));
    }

    @Test
    void remembersTheLastFailureAtTheUrlThatItHas() {
        ListedEndpoint first =
                await(endpoints.page(Fixture.ORGANIZATION, false, 0, 1).next());
        EndpointHistory history = new EndpointHistory(database);
        Instant now = Instant.parse("2100-01-01T00:00:00.123456Z");
        LastFailure last = new LastFailure(1, now, new UUID(1, 2), "It was down.");
        LastFailure before = new LastFailure(1, now.minusSeconds(1), new UUID(1, 1), "It was slow.");

        for (LastFailure failure : List.of(last, before)) {
            history.remember(Map.of(first.id(), failure, 999_999L, failure)).block(PATIENCE);
        }
        history.forget(Duration.ofHours(1), 10).block(PATIENCE);
        assertThat(lastFailure(first)).isEqualTo(last);

        execute(database, "UPDATE endpoint SET url = url || '/elsewhere' WHERE id = " + first.id());
        assertThat(lastFailure(first)).as("of another URL").isNull();
        execute(database, "UPDATE endpoint SET url = 'http://localhost/callback' WHERE id = " + first.id());

        execute(database, "UPDATE endpoint_failure SET failed_at = now() - interval '2 hours'");
        history.forget(Duration.ofHours(1), 10).block(PATIENCE);
        assertThat(Fixture.count(database, "SELECT count(*) FROM endpoint_failure"))
                .isZero();
    }

    private static @Nullable LastFailure lastFailure(ListedEndpoint endpoint) {
        return await(endpoints.find(Fixture.ORGANIZATION, endpoint.id()))
                .condition()
                .lastFailure();
    }

    @Test
    void showsAnotherOrganizationNothing() {
        ListedEndpoint first =
                await(endpoints.page(Fixture.ORGANIZATION, false, 0, 1).next());

        assertThat(await(endpoints.find(Fixture.ORGANIZATION, first.id()))).isEqualTo(first);
        assertThat(await(endpoints.find(STRANGER, first.id()).hasElement())).isFalse();
        assertThat(await(endpoints.page(STRANGER, false, 0, 10).hasElements())).isFalse();
        assertThat(await(endpoints.trouble(STRANGER)).all()).isZero();
    }

    private static String url(ListedEndpoint endpoint) {
        return endpoint.condition().endpoint().url().replaceFirst(".*/", "");
    }
}
