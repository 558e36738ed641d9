package dev.sluice.gateway.invariant;

import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.RepeatedWork;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.invariant.InvariantRepository;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** When the invariants are read, and the gauges that show them. */
@Configuration(proxyBeanMethods = false)
class InvariantConfiguration {
    private static final Duration UNCLAIMED_MAX = Duration.ofSeconds(30);
    private static final Duration SETTLED_MIN = Duration.ofMinutes(2);

    @Bean
    InvariantWatch invariantWatch(Database database, OpenAttempts attempts, MeterRegistry registry) {
        Duration twice = attempts.longest().multipliedBy(2);
        Duration settled = twice.compareTo(SETTLED_MIN) < 0 ? SETTLED_MIN : twice;
        // A lane that is full of calls that hang takes nothing for as long as they last.
        Duration longest = attempts.longest();
        Duration unclaimedMax = longest.compareTo(UNCLAIMED_MAX) < 0 ? UNCLAIMED_MAX : longest;
        InvariantWatch watch = new InvariantWatch(new InvariantRepository(database), attempts, unclaimedMax, settled);
        gauge(
                registry,
                watch,
                "due.unclaimed",
                "Endpoints whose next delivery is due and not claimed for half a minute",
                Invariants::dueUnclaimed);
        gauge(
                registry,
                watch,
                "unaccounted",
                "Deliveries, of a sample, that are neither ended nor owed nor in memory",
                Invariants::unaccounted);
        gauge(
                registry,
                watch,
                "attempts.without.outcome",
                "Attempts of this node whose outcome is not written in time",
                Invariants::attemptsWithoutOutcome);
        return watch;
    }

    private static void gauge(
            MeterRegistry registry,
            InvariantWatch watch,
            String name,
            String description,
            ToDoubleFunction<Invariants> value) {
        Gauge.builder("sluice.invariant." + name, watch, source -> {
                    Invariants latest = source.latest();
                    return latest == null ? Double.NaN : value.applyAsDouble(latest);
                })
                .description(description)
                .register(registry);
    }

    @Bean
    Loops invariantReadings(InvariantWatch watch) {
        return RepeatedWork.loop("Reading the invariants", watch.due(), InvariantWatch::read, 1);
    }
}
