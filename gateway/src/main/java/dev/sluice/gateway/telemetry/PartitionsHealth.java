package dev.sluice.gateway.telemetry;

import dev.sluice.persistence.backlog.Backlog;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when tomorrow has no partitions: from midnight on nothing could be stored. Not part of readiness. */
final class PartitionsHealth implements HealthIndicator {
    private final BacklogWatch watch;

    PartitionsHealth(BacklogWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        Backlog last = watch.last();
        Health.Builder health =
                !watch.isKnown() ? Health.unknown() : last.daysAhead() < 1 ? Health.down() : Health.up();
        return health.withDetail("daysAhead", last.daysAhead()).build();
    }
}
