package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Mark;
import dev.sluice.persistence.eventlog.Appended;
import dev.sluice.persistence.eventlog.EventLog;
import dev.sluice.persistence.instance.InstanceRepository;
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

    Keeper(EventLog log, InstanceRepository instances) {
        this.log = log;
        this.instances = instances;
    }

    /**
     * Appends the event at once, whether or not the answer is waited for.
     *
     * @param settled run once when it is committed or has failed
     */
    Mono<Receipt> keep(Understood.Event event, Runnable settled) {
        Mono<Appended> appended = log.append(event.draft(), settled);
        return event.marks().isEmpty()
                ? appended.map(Keeper::receipt)
                : appended.flatMap(stored ->
                        mark(event.draft().instanceId(), event.marks()).thenReturn(receipt(stored)));
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
