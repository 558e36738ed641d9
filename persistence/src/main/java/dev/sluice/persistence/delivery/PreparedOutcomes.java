package dev.sluice.persistence.delivery;

import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.epoch.Epoch;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.groupcommit.PreparedGroup;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** A group of outcomes whose COMMIT is all that is missing. */
record PreparedOutcomes(Epoch epoch, EpochSession.Begun begun, OutcomeRows rows, Set<DeliveryId> inTime)
        implements PreparedGroup {

    private static final String FIND = """
            SELECT 1 FROM attempt
             WHERE event_id = $1 AND endpoint_id = $2 AND part = $3 AND attempt = $4 AND attempted_at = $5""";

    @Override
    public String transactionId() {
        return begun.transactionId();
    }

    @Override
    public void committed() {
        rows.ended().forEach(outcome -> account(outcome));
        rows.owed().forEach(outcome -> account(outcome));
        rows.unowed().forEach(outcome -> account(outcome));
        rows.members()
                .forEach(member -> member.succeed(
                        inTime.contains(member.value().delivery()) ? Recorded.WRITTEN : Recorded.TOO_LATE));
    }

    private void account(Outcome outcome) {
        epoch.watermark().accounted(outcome.delivery().eventId().sequence());
    }

    @Override
    public void aborted() {
        // All still wait for their answer, and are written with another group.
    }

    @Override
    public void unknown() {
        // Nobody is told anything until it is known.
    }

    /** Looks for one attempt of the group. Without any, the group may simply be written again: it changes nothing twice. */
    @Override
    public Mono<Boolean> isStored(EpochSession session) {
        List<AttemptRow> attempts = rows.attempts(inTime);
        if (attempts.isEmpty()) {
            return Mono.just(false);
        }
        Attempt witness = attempts.get(0).attempt();
        return session.connection()
                .createStatement(FIND)
                .bind("$1", witness.delivery().eventId().id())
                .bind("$2", witness.delivery().endpointId())
                .bind("$3", witness.delivery().part())
                .bind("$4", witness.number())
                .bind("$5", witness.at().truncatedTo(ChronoUnit.MICROS))
                .execute()
                .concatMap(result -> result.map((row, columns) -> true))
                .next()
                .defaultIfEmpty(false);
    }
}
