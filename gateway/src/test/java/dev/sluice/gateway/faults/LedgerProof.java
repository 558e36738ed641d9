package dev.sluice.gateway.faults;

import dev.sluice.gateway.rig.EventLogReader.Stored;
import dev.sluice.gateway.rig.Received;
import dev.sluice.gateway.rig.Sent;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * What is left when ledger, log and callback are laid side by side.
 *
 * @param acknowledged ids answered with 2xx
 * @param notStored of those, not in the log
 * @param notDelivered of those, never arrived
 * @param storedTwice rows whose id another row holds, too
 * @param changed stored bodies that differ from what was sent
 * @param repeated ids that arrived more than once
 * @param repeatedForNothing of those, whose first arrival was not in flight at a kill
 * @param underAnotherId arrivals whose {@code webhook-id} differed from the first one's
 */
record LedgerProof(
        int acknowledged,
        long notStored,
        long notDelivered,
        int storedTwice,
        int changed,
        long repeated,
        long repeatedForNothing,
        long underAnotherId) {

    /** @param inFlight whether what was answered at that time, in microseconds, may have been in flight at a kill */
    static LedgerProof of(Sent sent, Received received, Stored stored, LongPredicate inFlight) {
        return new LedgerProof(
                Math.toIntExact(acknowledged(sent).count()),
                acknowledged(sent).filter(row -> !stored.ids().get(row)).count(),
                acknowledged(sent).filter(row -> received.times(row) == 0).count(),
                stored.repeated(),
                stored.unequal(),
                repeated(received).count(),
                repeated(received)
                        .filter(row -> !inFlight.test(received.answeredMicros(row)))
                        .count(),
                IntStream.range(0, received.size())
                        .mapToLong(received::underAnotherId)
                        .sum());
    }

    private static IntStream repeated(Received received) {
        return IntStream.range(0, received.size()).filter(row -> received.times(row) > 1);
    }

    private static IntStream acknowledged(Sent sent) {
        return IntStream.range(0, sent.size()).filter(sent::isAcknowledged);
    }
}
