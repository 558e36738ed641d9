package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.egress.Lane;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.notification.Callback;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.endpoint.BreakerRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Lets an endpoint's row follow what its callback answers: opens its breaker, closes it after a probe, stops it. Successes
 * of an endpoint that is well write nothing.
 */
final class EndpointHealth {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointHealth.class);

    private final EndpointRepository endpoints;
    private final BreakerRepository breakers;
    private final Lanes lanes;

    EndpointHealth(EndpointRepository endpoints, BreakerRepository breakers, Lanes lanes) {
        this.endpoints = endpoints;
        this.breakers = breakers;
        this.lanes = lanes;
    }

    /** Whether this attempt changes nothing about its endpoint. */
    boolean isUnmoved(HeldDelivery held, Lane lane, AttemptOutcome outcome) {
        return !lane.hasOpened()
                && !(held instanceof HeldDelivery.Probing)
                && !(outcome instanceof AttemptOutcome.Gone);
    }

    /**
     * Brings the row in line. Completes when that is done, or could not be: then the next attempt brings another chance.
     */
    Mono<Void> follow(HeldDelivery held, Callback callback, Lane lane, AttemptOutcome outcome) {
        return change(held, callback, lane, outcome).onErrorResume(error -> {
            LOG.warn("The state of endpoint {} could not be written", held.id().endpointId(), error);
            return Mono.empty();
        });
    }

    private Mono<Void> change(HeldDelivery held, Callback callback, Lane lane, AttemptOutcome outcome) {
        long endpointId = held.id().endpointId();
        String url = callback.uri().toString();
        if (outcome instanceof AttemptOutcome.Gone) {
            return endpoints.stop(endpointId, url, outcome.words());
        }
        if (held instanceof HeldDelivery.Probing probing) {
            return afterProbe(probing, callback.schedule(), outcome);
        }
        return lane.takeOpening()
                ? breakers.open(endpointId, url, reason(outcome), wish(outcome, callback.schedule()))
                : Mono.empty();
    }

    /** A breaker may open on a success, when half of the calls around it failed. */
    private static String reason(AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Delivered ? "Half of the last calls failed." : outcome.words();
    }

    private Mono<Void> afterProbe(HeldDelivery.Probing probing, RetrySchedule schedule, AttemptOutcome outcome) {
        return outcome instanceof AttemptOutcome.Delivered
                ? breakers.close(probing.breaker())
                        .doOnSuccess(
                                closed -> lanes.closeBreaker(probing.breaker().endpointId()))
                : breakers.stayOpen(
                        probing.breaker(), probing.id().eventId().id(), outcome.words(), wish(outcome, schedule));
    }

    private static Duration wish(AttemptOutcome outcome, RetrySchedule schedule) {
        return outcome instanceof AttemptOutcome.Refused refused
                ? refused.retryAfter().map(schedule::atMostLongestWait).orElse(Duration.ZERO)
                : Duration.ZERO;
    }
}
