package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.AttemptOutcome;
import dev.sluice.gateway.delivery.attempt.Call;
import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.attempt.NextStep;
import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.gateway.delivery.egress.Answer;
import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.egress.FailureCause;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.NoLongerHeldException;
import dev.sluice.gateway.delivery.egress.Permit;
import dev.sluice.gateway.delivery.egress.SignedRequest;
import dev.sluice.gateway.delivery.explanation.FailureWords;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.notification.DeliverableEvent;
import dev.sluice.gateway.tracing.Step;
import dev.sluice.gateway.tracing.TracedAttempt;
import dev.sluice.gateway.tracing.Traces;
import dev.sluice.persistence.epoch.DatabaseClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import reactor.core.publisher.Mono;

/** Makes one attempt and has what became of it written down. */
final class Courier {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Calls calls;
    private final EndpointHealth health;
    private final Settlement settlement;
    private final InHand inHand;
    private final DatabaseClock clock;
    private final Witnesses witnesses;

    /** Who makes calls, and who says why one brought no answer. */
    record Calls(CallbackClient client, FailureWords words) {}

    /** Who is told of attempts: that one is open, and what it was. */
    record Witnesses(OpenAttempts open, Traces traces) {}

    Courier(
            Calls calls,
            EndpointHealth health,
            Settlement settlement,
            InHand inHand,
            DatabaseClock clock,
            Witnesses witnesses) {
        this.calls = calls;
        this.health = health;
        this.settlement = settlement;
        this.inHand = inHand;
        this.clock = clock;
        this.witnesses = witnesses;
    }

    /**
     * Calls the callback once. Completes when what became of it is written; never with an error.
     *
     * @param permit for the lane; given back as soon as the call is over
     */
    Mono<Void> bring(HeldDelivery held, DeliverableEvent event, Callback callback, Lane lane, Permit permit) {
        return Mono.defer(() -> {
            Instant at = clock.now();
            long began = System.nanoTime();
            lane.limitTo(callback.concurrency(), callback.rateLimit());
            if (!inHand.mayAttempt(held) || !tryCall(held, lane, permit)) {
                permit.release();
                return settlement.postponed(held, SOON);
            }
            Runnable written = witnesses.open().begin();
            Mono<Answer> call = calls.client().post(callback.uri(), () -> request(held, event, callback, permit));
            return (isProbe(held) ? call : lane.guard(call))
                    .map(answer -> AttemptOutcome.of(answer, clock.now()))
                    .onErrorResume(error -> Mono.just(failed(callback, error)))
                    .doFinally(signal -> permit.release())
                    .flatMap(outcome -> settle(held, event, callback, lane, outcome, at, began))
                    .doFinally(signal -> written.run());
        });
    }

    private AttemptOutcome failed(Callback callback, Throwable error) {
        return AttemptOutcome.of(error, calls.words().of(callback.uri(), error));
    }

    private static boolean tryCall(HeldDelivery held, Lane lane, Permit permit) {
        if (isProbe(held)) {
            lane.probe(permit);
            return true;
        }
        return lane.tryCall(permit, held.attempts(), held instanceof HeldDelivery.FromRow);
    }

    /** A connection to send on may have come late: what another node may have by now is not sent. */
    private SignedRequest request(HeldDelivery held, DeliverableEvent event, Callback callback, Permit permit) {
        if (!inHand.mayAttempt(held)) {
            throw new NoLongerHeldException();
        }
        permit.sent();
        SignedRequest request = callback.request(held.id(), event, clock.now());
        if (witnesses.traces().areTaken()) {
            witnesses.traces().handOn(step(held), event.webhookHeaders(), request.headers());
        }
        return request;
    }

    private static Step step(HeldDelivery held) {
        return new Step(held.id(), held.attempts() + 1);
    }

    private Mono<Void> settle(
            HeldDelivery held,
            DeliverableEvent event,
            Callback callback,
            Lane lane,
            AttemptOutcome outcome,
            Instant at,
            long began) {
        if (outcome instanceof AttemptOutcome.Failed failed && !failed.cause().isAttempt()) {
            return settlement.postponed(held, failed.cause() == FailureCause.BREAKER_OPEN ? null : SOON);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        if (witnesses.traces().areTaken()) {
            witnesses.traces().attempt(traced(held, outcome, at, elapsed), event.webhookHeaders());
        }
        NextStep next = next(held, callback, outcome);
        Mono<Void> written = settlement.attempted(
                callback.recipient(), held, outcome, next, new Call(at, elapsed, callback.urlNumber()));
        return health.isUnmoved(held, lane, next)
                ? written
                : health.follow(held, callback, lane, outcome, next).then(written);
    }

    private static TracedAttempt traced(HeldDelivery held, AttemptOutcome outcome, Instant at, Duration elapsed) {
        String failure = outcome instanceof AttemptOutcome.Delivered ? null : outcome.word();
        return new TracedAttempt(step(held), at, elapsed, outcome.status(), failure);
    }

    private static NextStep next(HeldDelivery held, Callback callback, AttemptOutcome outcome) {
        NextStep next = held.next(
                outcome, callback.schedule(), ThreadLocalRandom.current().nextDouble());
        return callback.queuesFailures() && outcome.isRepeatable() ? new NextStep.Park() : next;
    }

    private static boolean isProbe(HeldDelivery held) {
        return held instanceof HeldDelivery.Probing;
    }

    /** Nothing can be sent to where it should go. Completes when that is written; never with an error. */
    Mono<Void> unreachable(HeldDelivery held, Destination destination) {
        if (destination instanceof Destination.Misconfigured unclear) {
            AttemptOutcome failed = new AttemptOutcome.Failed(
                    FailureCause.MISCONFIGURED,
                    "Nothing can be sent, because the instance’s configuration is not understood: " + unclear.error());
            NextStep next = held.next(
                    failed, unclear.schedule(), ThreadLocalRandom.current().nextDouble());
            return health.followMisconfigured(held, unclear.url(), failed, next)
                    .then(Mono.defer(() -> settlement.attempted(
                            held, failed, next, new Call(clock.now(), Duration.ZERO, unclear.urlNumber()))));
        }
        if (destination instanceof Destination.Over over) {
            return settlement.ended(held, over.ending(), over.reason());
        }
        return settlement.postponed(held, destination instanceof Destination.Shut shut ? shut.delay() : null);
    }
}
