package dev.sluice.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.error.UnavailableException;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class IngestBudgetTest {

    /** An outcome is never refused: so what would come to one is, before it is received. */
    @Test
    void turnsWebhooksAwayWhileOutcomesThatCannotBeWrittenHaveUsedUpTheirMemory() {
        // Nothing listens there, and nothing is asked.
        try (Database away = new Database(new DatabaseAddress("127.0.0.1", 1, "none", "none", "none"), 1);
                OutcomeLog outcomes = new OutcomeLog(new Node(away, "test"), 1)) {
            ByteBudget budget = new IngestConfiguration().ingestBudget(outcomes);
            ByteBudget.Reservation first = budget.reservation();
            assertThat(new BodyBytes(10, 100, first).toArray()).isNotNull();

            assertThat(outcomes.record(new Outcome.Unowed(EventId.of(1, Instant.EPOCH, 1, 1))))
                    .isNotNull();

            assertThatThrownBy(() -> new BodyBytes(10, 100, budget.reservation()))
                    .isInstanceOf(UnavailableException.class);
            assertThat(budget.held()).as("of the first, which goes on").isEqualTo(10);
        }
    }

    /** On the shared URL a webhook may be worked on by one thread while another learns that its sender hung up. */
    @Test
    void holdsNothingForWhomItWasGivenBackAlready() {
        ByteBudget budget = new ByteBudget(100, () -> true);
        ByteBudget.Reservation reservation = budget.reservation();
        assertThat(reservation.grow(10)).isTrue();
        reservation.releaseIfKept();

        assertThat(reservation.grow(20)).isTrue();

        assertThat(budget.held()).isZero();
    }
}
