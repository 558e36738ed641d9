package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.AttemptOutcome;
import dev.sluice.gateway.delivery.egress.FailureCause;
import dev.sluice.persistence.delivery.Attempt.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What deliveries do, in numbers. No meter has an endpoint's or an instance's name: their number is not bounded. */
final class DeliveryMeters {
    /** Few, so that a histogram stays small: a good answer, a slow one, one that nearly ran into the timeout. */
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15)
    };

    private final Map<String, Counter> attempts;
    private final Map<Ending, Counter> givenUp;
    private final Map<String, Timer> durations;
    private final Counter owed;
    private final Timer lag;

    DeliveryMeters(MeterRegistry registry) {
        this.attempts = Stream.concat(
                        Stream.of("success", "gone", "refused"),
                        Stream.of(FailureCause.values()).map(FailureCause::word))
                .collect(Collectors.toUnmodifiableMap(
                        word -> word,
                        word -> Counter.builder("sluice.delivery.attempts")
                                .description("Attempts to deliver, by what they came to")
                                .tag("outcome", word)
                                .register(registry)));
        this.givenUp = Stream.of(Ending.values())
                .filter(ending -> ending != Ending.DELIVERED)
                .collect(Collectors.toUnmodifiableMap(
                        ending -> ending,
                        ending -> Counter.builder("sluice.delivery.given.up")
                                .description("Deliveries that ended undelivered, by the reason")
                                .tag("ending", ending.name().toLowerCase(Locale.ROOT))
                                .register(registry)));
        this.durations = Stream.of("success", "failure")
                .collect(Collectors.toUnmodifiableMap(
                        word -> word,
                        word -> Timer.builder("sluice.delivery.attempt")
                                .description("How long attempts took, to the answer or to giving it up")
                                .tag("outcome", word)
                                .serviceLevelObjectives(BOUNDS)
                                .register(registry)));
        this.owed = Counter.builder("sluice.delivery.postponed")
                .description("Deliveries owed without an attempt: the breaker is open, or too many wait already")
                .register(registry);
        this.lag = Timer.builder("sluice.delivery.lag")
                .description("From a webhook's receipt to its notification's success")
                .register(registry);
    }

    void attempted(AttemptOutcome outcome, Duration elapsed) {
        Timer timer = durations.get(outcome instanceof AttemptOutcome.Delivered ? "success" : "failure");
        if (timer != null) {
            timer.record(elapsed);
        }
        Counter counter = attempts.get(outcome.word());
        if (counter != null) {
            counter.increment();
        }
    }

    /** @param sinceReceipt by two readings of the database's clock, so a moment may seem negative */
    void delivered(Duration sinceReceipt) {
        lag.record(sinceReceipt.isNegative() ? Duration.ZERO : sinceReceipt);
    }

    /** @param ending one that is not delivered counts */
    void ended(Ending ending) {
        Counter counter = givenUp.get(ending);
        if (counter != null) {
            counter.increment();
        }
    }

    void postponed() {
        owed.increment();
    }
}
