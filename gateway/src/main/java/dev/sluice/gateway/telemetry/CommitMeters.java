package dev.sluice.gateway.telemetry;

import dev.sluice.persistence.groupcommit.CommittedGroup;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Consumer;

/** How a log commits: how many together, and how long the first of them waited. */
final class CommitMeters implements Consumer<CommittedGroup> {
    private final DistributionSummary sizes;
    private final Timer waits;

    /** @param log {@code events} or {@code outcomes} */
    CommitMeters(MeterRegistry registry, String log) {
        this.sizes = DistributionSummary.builder("sluice.commit.group")
                .description("Members of groups that were committed")
                .baseUnit("members")
                .tag("log", log)
                .register(registry);
        this.waits = Timer.builder("sluice.commit.wait")
                .description("From a group's first member to its commit")
                .tag("log", log)
                .register(registry);
    }

    @Override
    public void accept(CommittedGroup group) {
        sizes.record(group.members());
        waits.record(group.longestWait());
    }
}
