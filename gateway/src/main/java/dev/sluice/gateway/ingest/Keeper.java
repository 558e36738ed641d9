package dev.sluice.gateway.ingest;

import dev.sluice.gateway.tracing.Traces;
import dev.sluice.normalizers.Mark;
import dev.sluice.persistence.epoch.DatabaseClock;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.InstanceRepository;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Commits events, and marks their instances where they say so. */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    private final EventLog log;
    private final InstanceRepository instances;
    private final DatabaseClock clock;
    private final Traces traces;

    Keeper(EventLog log, InstanceRepository instances, DatabaseClock clock, Traces traces) {
        this.log = log;
        this.instances = instances;
        this.clock = clock;
        this.traces = traces;
    }

    /**
     * Appends the event at once, whether or not the answer is waited for.
     *
     * @param settled run once when it is committed or has failed
     */
    Mono<Receipt> keep(Understood.Event event, Runnable settled) {
        Mono<Appended> appended = traced(log.append(event.draft(), settled), event.at());
        return event.marks().isEmpty()
                ? appended.map(Keeper::receipt)
                : appended.flatMap(stored ->
                        mark(event.draft().instanceId(), event.marks()).thenReturn(receipt(stored)));
    }

    private Mono<Appended> traced(Mono<Appended> appended, Instant arrived) {
        return traces.areTaken() ? appended.doOnNext(stored -> trace(stored, arrived)) : appended;
    }

    private void trace(Appended appended, Instant arrived) {
        if (appended instanceof Appended.Stored stored) {
            CommittedEvent event = stored.event();
            traces.webhook(event.id(), event.draft().headers(), arrived, clock.now());
        }
    }

    private static Receipt receipt(Appended appended) {
        return appended instanceof Appended.Stored ? new Receipt.Stored() : new Receipt.Repeat();
    }

    /** The event is committed: failing to mark the instance must not make the provider send it again. */
    private Mono<Void> mark(long instanceId, List<Mark> marks) {
        return instances.mark(instanceId, names(marks)).onErrorResume(error -> {
            LOG.error("Instance {} could not be marked {}", instanceId, marks, error);
            return Mono.empty();
        });
    }

    private static Set<String> names(List<Mark> marks) {
        return marks.stream().map(Mark::name).collect(Collectors.toSet());
    }
}
