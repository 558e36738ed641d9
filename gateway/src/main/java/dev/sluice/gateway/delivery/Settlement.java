package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.AttemptOutcome;
import dev.sluice.gateway.delivery.attempt.Call;
import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.attempt.NextStep;
import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.gateway.delivery.notification.Recipient;
import dev.sluice.gateway.figures.FigureBook;
import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.endpoint.LastFailure;
import dev.sluice.persistence.epoch.DatabaseClock;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.CommittedEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Accounts for deliveries: whatever became of one, this writes it down, once it is subscribed to. While the database is
 * away that waits, and nothing is forgotten.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final OutcomeLog outcomes;
    private final DatabaseClock clock;
    private final DeliveryMeters meters;
    private final DueNow dueNow;
    private final OpenAttempts open;
    private final FigureBook figures;

    Settlement(
            OutcomeLog outcomes,
            DatabaseClock clock,
            DeliveryMeters meters,
            DueNow dueNow,
            OpenAttempts open,
            FigureBook figures) {
        this.outcomes = outcomes;
        this.clock = clock;
        this.meters = meters;
        this.dueNow = dueNow;
        this.open = open;
        this.figures = figures;
    }

    /** An attempt was made to call the callback of an instance. */
    Mono<Void> attempted(Recipient recipient, HeldDelivery held, AttemptOutcome outcome, NextStep next, Call call) {
        return attempted(held, outcome, next, call)
                .doFirst(() -> figures.attempted(
                        recipient.organizationId(),
                        held.id().endpointId(),
                        call.endedAt(),
                        outcome instanceof AttemptOutcome.Delivered,
                        call.elapsed()));
    }

    /**
     * An attempt was made.
     *
     * @param next what follows it
     */
    Mono<Void> attempted(HeldDelivery held, AttemptOutcome outcome, NextStep next, Call call) {
        return Mono.defer(() -> {
            meters.attempted(outcome, call.elapsed());
            AttemptLine.write(held, outcome, next, call.elapsed());
            if (outcome instanceof AttemptOutcome.Delivered) {
                meters.delivered(Duration.between(held.id().eventId().receivedAt(), call.endedAt()));
            } else {
                figures.failed(held.id().endpointId(), failure(held, outcome, call));
            }
            if (next instanceof NextStep.End end) {
                meters.ended(end.ending());
            }
            return record(after(held, outcome, next, call));
        });
    }

    private static LastFailure failure(HeldDelivery held, AttemptOutcome outcome, Call call) {
        return new LastFailure(
                call.urlNumber(), call.endedAt(), held.id().eventId().id(), outcome.words());
    }

    private static Outcome after(HeldDelivery held, AttemptOutcome outcome, NextStep next, Call call) {
        Attempt.Ending ending = next instanceof NextStep.End end ? end.ending() : null;
        Attempt attempt = attempt(held, outcome, ending, call);
        if (ending != null) {
            return held.ended(attempt);
        }
        return held.owed(attempt, next instanceof NextStep.TryAgain again ? again.delay() : null);
    }

    private static Attempt attempt(HeldDelivery held, AttemptOutcome outcome, @Nullable Ending ending, Call call) {
        return new Attempt(
                held.id(),
                held.attempts() + 1,
                call.at(),
                outcome.word(),
                ending,
                outcome.status(),
                call.elapsed(),
                start(outcome),
                error(outcome),
                call.urlNumber());
    }

    private static @Nullable Body start(AttemptOutcome outcome) {
        Body start = outcome instanceof AttemptOutcome.Refused refused
                ? refused.start()
                : outcome instanceof AttemptOutcome.Gone gone ? gone.start() : null;
        return start == null || start.length() == 0 ? null : start;
    }

    private static @Nullable String error(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Failed failed ? failed.error() : null;
    }

    /**
     * No attempt is made now.
     *
     * @param wait until one may be, or null to park it
     */
    Mono<Void> postponed(HeldDelivery held, @Nullable Duration wait) {
        return Mono.defer(() -> {
            meters.postponed();
            return record(held.owed(null, wait));
        });
    }

    /** It is over without an attempt. */
    Mono<Void> ended(HeldDelivery held, Ending ending, String reason) {
        return Mono.defer(() -> {
            meters.ended(ending);
            return record(held.ended(new Attempt(
                    held.id(), held.attempts(), clock.now(), "none", ending, null, Duration.ZERO, null, reason)));
        });
    }

    /** Nobody is owed the event: it only has to be found. */
    Mono<Void> unowed(CommittedEvent event) {
        return Mono.defer(() -> record(new Outcome.Unowed(event.id(), event.findable())));
    }

    /** The event's deliveries have their rows: it only has to be found, and they to be claimed. */
    Mono<Void> owedInLine(CommittedEvent event) {
        return Mono.defer(() -> {
            event.draft().endpointIds().forEach(dueNow::tell);
            return record(new Outcome.Unowed(event.id()));
        });
    }

    private Mono<Void> record(Outcome outcome) {
        return outcomes.record(outcome)
                .doOnNext(recorded -> tellOfNext(outcome))
                .then()
                .onErrorResume(refused -> {
                    LOG.error("The outcome of delivery {} could not be written", outcome.delivery(), refused);
                    open.refused();
                    return Mono.empty();
                });
    }

    private void tellOfNext(Outcome outcome) {
        if (outcome instanceof Outcome.ClaimEnded end && end.claim().inLine()) {
            dueNow.tell(end.delivery().endpointId());
        }
    }
}
