package dev.sluice.gateway.telemetry;

import dev.sluice.persistence.backlog.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What all nodes owe together, as gauges; every node shows the same. */
final class BacklogMeters {
    private final MeterRegistry registry;
    private final BacklogWatch watch;

    private BacklogMeters(MeterRegistry registry, BacklogWatch watch) {
        this.registry = registry;
        this.watch = watch;
    }

    static void register(MeterRegistry registry, BacklogWatch watch) {
        BacklogMeters meters = new BacklogMeters(registry, watch);
        String owed = "Deliveries that wait in the database, of all nodes";
        meters.gauge("sluice.owed.deliveries", owed, "state", "due", Backlog::due);
        meters.gauge("sluice.owed.deliveries", owed, "state", "parked", Backlog::parked);
        String endpoints = "Endpoints in trouble, of all nodes";
        meters.gauge("sluice.endpoints", endpoints, "state", "open", Backlog::open);
        meters.gauge("sluice.endpoints", endpoints, "state", "recovering", Backlog::recovering);
        meters.gauge("sluice.endpoints", endpoints, "state", "deactivated", Backlog::deactivated);
        Gauge.builder("sluice.owed.lag", watch, source -> source.last().lag().toMillis() / 1_000.0)
                .description("How long the oldest due delivery has waited beyond its time")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("sluice.partitions.ahead", watch, source -> source.last().daysAhead())
                .description("Days after today that the logs have partitions for")
                .baseUnit("days")
                .register(registry);
    }

    private void gauge(String name, String description, String tag, String value, ToDoubleFunction<Backlog> what) {
        Gauge.builder(name, watch, source -> what.applyAsDouble(source.last()))
                .description(description)
                .tag(tag, value)
                .register(registry);
    }
}
