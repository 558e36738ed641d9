package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rig.ledger.Order;
import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.postgres.EventLogReader.Stored;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * What is left when ledger, log and callback are laid side by side.
 *
 * @param acknowledged ids answered with 2xx
 * @param notStored of those, not in the log
 * @param notDelivered of those, never arrived
 * @param open deliveries without an end
 * @param storedTwice rows whose id another row holds, too
 * @param changed stored bodies that differ from what was sent
 * @param repeated ids that arrived more than once
 * @param repeatedForNothing of those, whose first arrival was not in flight at a fault
 * @param underAnotherId arrivals whose {@code webhook-id} differed from the first one's
 * @param overtaking ids that arrived before one that was answered before they were sent; only where order is asked for is that
 *     wrong
 */
public record LedgerProof(
        int acknowledged,
        long notStored,
        long notDelivered,
        long open,
        int storedTwice,
        int changed,
        long repeated,
        long repeatedForNothing,
        long underAnotherId,
        long overtaking) {

    /**
     * How deliveries ended.
     *
     * @param open without an end, as the database has it
     * @param inFlight whether what was answered at that time, in microseconds, may have been in flight at a fault
     */
    record Ends(long open, LongPredicate inFlight) {}

    /**
     * Lays them side by side.
     *
     * @param objects how many the ids are of
     */
    static LedgerProof of(Sent sent, Received received, Stored stored, int objects, Ends ends) {
        int firstId = Math.toIntExact(sent.firstId());
        return new LedgerProof(
                Math.toIntExact(acknowledged(sent).count()),
                acknowledged(sent)
                        .filter(row -> !stored.ids().get(firstId + row))
                        .count(),
                acknowledged(sent).filter(row -> received.times(row) == 0).count(),
                ends.open(),
                stored.repeated(),
                stored.unequal(),
                repeated(received).count(),
                repeated(received)
                        .filter(row -> !ends.inFlight().test(received.answeredMicros(row)))
                        .count(),
                IntStream.range(0, received.size())
                        .mapToLong(received::underAnotherId)
                        .sum(),
                Order.overtaking(sent, received, objects));
    }

    private static IntStream repeated(Received received) {
        return IntStream.range(0, received.size()).filter(row -> received.times(row) > 1);
    }

    private static IntStream acknowledged(Sent sent) {
        return IntStream.range(0, sent.size()).filter(sent::isAcknowledged);
    }

    /** What is promised where order is asked for. */
    void assertHoldsInOrder(History history) {
        assertHolds(history);
        assertThat(overtaking)
                .as("delivered before what was answered before it was sent; %s", history.whereToLook())
                .isZero();
    }

    /** The promise. */
    void assertHolds(History history) {
        String where = history.whereToLook();
        assertThat(acknowledged).as("acknowledged; %s", where).isPositive();
        assertThat(notStored).as("acknowledged and not stored; %s", where).isZero();
        assertThat(notDelivered)
                .as("acknowledged and never delivered; %s", where)
                .isZero();
        assertThat(open).as("without an end; %s", where).isZero();
        assertThat(storedTwice).as("stored twice; %s", where).isZero();
        assertThat(changed).as("stored with other bytes; %s", where).isZero();
        assertThat(underAnotherId)
                .as("delivered under two webhook ids; %s", where)
                .isZero();
        assertThat(repeatedForNothing)
                .as("delivered twice and not in flight at a fault; %s", where)
                .isZero();
    }
}
