package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.AttemptOutcome;
import dev.sluice.gateway.delivery.attempt.HeldDelivery;
import dev.sluice.gateway.delivery.attempt.NextStep;
import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.endpoint.BreakerRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Lets an endpoint's row follow what its callback answers: opens its breaker, closes it after a probe,
 * deactivates it. Successes
 * of an endpoint that is well write nothing.
 */
final class EndpointHealth {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealth.class);
    private static final String QUEUED =
            "A delivery failed, and the account's failure policy is to queue what follows until it is released. ";

    private final EndpointRepository endpoints;
    private final BreakerRepository breakers;
    private final Lanes lanes;

    EndpointHealth(EndpointRepository endpoints, BreakerRepository breakers, Lanes lanes) {
        this.endpoints = endpoints;
        this.breakers = breakers;
        this.lanes = lanes;
    }

    /** Whether this attempt changes nothing about its endpoint. */
    boolean isUnmoved(HeldDelivery held, Lane lane, NextStep next) {
        return !lane.hasOpened() && !(held instanceof HeldDelivery.Probing) && !isGivenUp(next) && !isHeldBack(next);
    }

    private static boolean isHeldBack(NextStep next) {
        return next instanceof NextStep.Park;
    }

    private static boolean isGivenUp(NextStep next) {
        return next instanceof NextStep.End end && end.ending() != Ending.DELIVERED;
    }

    /**
     * Brings the row in line. Completes when that is done, or could not be: then the next attempt brings another chance.
     */
    Mono<Void> follow(HeldDelivery held, Callback callback, Lane lane, AttemptOutcome outcome, NextStep next) {
        return survive(held, change(held, callback, lane, outcome, next));
    }

    private Mono<Void> change(HeldDelivery held, Callback callback, Lane lane, AttemptOutcome outcome, NextStep next) {
        long endpointId = held.id().endpointId();
        String url = callback.uri().toString();
        if (isGivenUp(next)) {
            return deactivate(endpointId, url, outcome);
        }
        if (callback.queuesFailures() && isHeldBack(next)) {
            return endpoints.deactivate(endpointId, url, QUEUED + outcome.words());
        }
        if (held instanceof HeldDelivery.Probing probing) {
            return afterProbe(probing, callback, outcome);
        }
        return lane.takeOpening()
                ? breakers.open(endpointId, url, reason(outcome), wish(outcome, callback.schedule()))
                : Mono.empty();
    }

    /** A breaker may open on a success, when half of the calls around it failed. */
    private static String reason(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Delivered ? "Half of the last calls failed." : outcome.words();
    }

    private Mono<Void> afterProbe(HeldDelivery.Probing probing, Callback callback, AttemptOutcome outcome) {
        long endpointId = probing.breaker().endpointId();
        if (outcome instanceof AttemptOutcome.Delivered) {
            return breakers.close(probing.breaker()).doOnSuccess(closed -> lanes.closeBreaker(endpointId));
        }
        RetrySchedule schedule = callback.schedule();
        return breakers.stayOpen(
                        probing.breaker(), probing.id().eventId().id(), outcome.words(), wish(outcome, schedule))
                .filter(failing -> failing.compareTo(schedule.span()) >= 0)
                .flatMap(failing -> endpoints.deactivate(
                        endpointId,
                        callback.uri().toString(),
                        "Nothing was delivered for " + failing.toSeconds() + " s. " + outcome.words()));
    }

    /**
     * Follows an attempt that could not even be made, because the callback's configuration is not understood. Completes like
     * {@link #follow}.
     */
    Mono<Void> followMisconfigured(HeldDelivery held, String url, AttemptOutcome outcome, NextStep next) {
        return isGivenUp(next) ? survive(held, deactivate(held.id().endpointId(), url, outcome)) : Mono.empty();
    }

    private Mono<Void> deactivate(long endpointId, String url, AttemptOutcome outcome) {
        String reason = outcome instanceof AttemptOutcome.Gone
                ? outcome.words()
                : "A delivery has used up its retry schedule. " + outcome.words();
        return endpoints.deactivate(endpointId, url, reason);
    }

    private static Mono<Void> survive(HeldDelivery held, Mono<Void> change) {
        return change.onErrorResume(error -> {
            LOG.warn("The state of endpoint {} could not be written", held.id().endpointId(), error);
            return Mono.empty();
        });
    }

    private static Duration wish(AttemptOutcome outcome, RetrySchedule schedule) {
        return outcome instanceof AttemptOutcome.Refused refused
                ? refused.retryAfter().map(schedule::atMostLongestWait).orElse(Duration.ZERO)
                : Duration.ZERO;
    }
}
