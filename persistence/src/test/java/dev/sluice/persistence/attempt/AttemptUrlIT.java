package dev.sluice.persistence.attempt;

import static dev.sluice.persistence.Fixture.PATIENCE;
import static dev.sluice.persistence.Fixture.await;
import static dev.sluice.persistence.Fixture.count;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.persistence.NodeRig;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.endpoint.EndpointHistory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AttemptUrlIT {
    private final NodeRig rig = new NodeRig(1);

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void showsEachAttemptAtTheUrlThatItsEndpointHadThen() {
        DeliveryId delivery = rig.committed("moved");
        String first = urlOfEndpoint();
        await(rig.outcomes.record(new Outcome.Owed(delivery, at(delivery, 1, 1), Duration.ofHours(1))));
        execute(rig.database, "UPDATE endpoint SET url = 'http://second', position = position");
        execute(rig.database, "UPDATE endpoint SET url = url, position = position");
        await(rig.outcomes.record(new Outcome.Owed(delivery, at(delivery, 2, 2), Duration.ofHours(1))));
        execute(rig.database, "UPDATE endpoint SET url = 'http://third'");
        await(rig.outcomes.record(new Outcome.Ended(at(delivery, 3, 3))));

        AttemptRepository attempts = new AttemptRepository(rig.database);
        List<AddressedAttempt> made =
                await(attempts.ofEvent(delivery.eventId(), null, 10).collectList());
        assertThat(made)
                .extracting(each -> each.attempt().urlNumber(), AddressedAttempt::url, AddressedAttempt::replaced)
                .containsExactly(
                        tuple(1, first, true), tuple(2, "http://second", true), tuple(3, "http://third", false));
        assertThat(await(attempts.ofEvents(List.of(delivery.eventId()), 10).collectList()))
                .extracting(AddressedAttempt::url)
                .containsExactly(first, "http://second", "http://third");

        EndpointHistory history = new EndpointHistory(rig.database);
        history.forget(Duration.ofDays(1), 10).block(PATIENCE);
        assertThat(count(rig.database, "SELECT count(*) FROM endpoint_former_url"))
                .isEqualTo(2);
        execute(rig.database, "UPDATE endpoint_former_url SET until = now() - interval '2 days' WHERE url_number = 1");
        history.forget(Duration.ofDays(1), 10).block(PATIENCE);
        assertThat(await(attempts.ofEvent(delivery.eventId(), null, 10).collectList()))
                .extracting(AddressedAttempt::url, AddressedAttempt::replaced)
                .containsExactly(tuple(null, true), tuple("http://second", true), tuple("http://third", false));
    }

    private String urlOfEndpoint() {
        return await(rig.database
                .client()
                .sql("SELECT url FROM endpoint")
                .map(row -> row.get("url", String.class))
                .one());
    }

    private Attempt at(DeliveryId delivery, int number, int urlNumber) {
        return new Attempt(
                delivery,
                number,
                rig.node().clock().now(),
                "refused",
                number == 3 ? Ending.EXHAUSTED : null,
                500,
                Duration.ofMillis(12),
                null,
                null,
                urlNumber);
    }
}
