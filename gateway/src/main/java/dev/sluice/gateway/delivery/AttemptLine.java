package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.AttemptOutcome;
import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.attempt.NextStep;
import dev.sluice.persistence.delivery.DeliveryId;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One wide line an attempt: who, what, how long, what follows. Written where its logger is at {@code info}, as the profile
 * {@code kubernetes} has it; elsewhere it costs one comparison.
 */
final class AttemptLine {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLine.class);

    private AttemptLine() {}

    static void write(HeldDelivery held, AttemptOutcome outcome, NextStep next, Duration elapsed) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        DeliveryId id = held.id();
        LOG.atInfo()
                .addKeyValue("sluice.event", id.eventId().encoded())
                .addKeyValue("sluice.instance", id.eventId().instanceId())
                .addKeyValue("sluice.endpoint", id.endpointId())
                .addKeyValue("sluice.delivery", id.encoded())
                .addKeyValue("sluice.attempt", held.attempts() + 1)
                .addKeyValue("sluice.status", outcome.status())
                .addKeyValue("sluice.next", next(next))
                .addKeyValue("event.outcome", outcome instanceof AttemptOutcome.Delivered ? "success" : "failure")
                .addKeyValue("event.reason", outcome.word())
                .addKeyValue("event.duration", elapsed.toNanos())
                .log("attempt");
    }

    private static String next(NextStep next) {
        if (next instanceof NextStep.End end) {
            return end.ending().name().toLowerCase(Locale.ROOT);
        }
        return next instanceof NextStep.TryAgain again
                ? "again in " + again.delay().toSeconds() + " s"
                : "parked";
    }
}
