package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.connection.StoreUnavailableException;
import dev.sluice.persistence.epoch.Epoch;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.epoch.Watermark;
import dev.sluice.persistence.groupcommit.PreparedGroup;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** A group of events whose COMMIT is all that is missing. */
record PreparedEvents(
        Epoch epoch, Watermark.Group open, String transactionId, EventRows rows, Consumer<CommittedEvent> consumer)
        implements PreparedGroup {

    private static final Logger LOG = LoggerFactory.getLogger(PreparedEvents.class);
    private static final String FIND = """
            SELECT 1 FROM event WHERE instance_id = $1 AND id = $2 AND received_at = $3""";

    @Override
    public void committed() {
        open.committed(rows.firstSequence(), rows.outcomes());
        rows.answers().forEach(answer -> answer.getKey().succeed(new Appended.Stored(answer.getValue())));
        rows.repeats().forEach(member -> member.succeed(new Appended.Repeat()));
        // A lost epoch's events are owed by whoever took it over.
        if (!epoch.isLost()) {
            rows.stored().forEach(row -> handOn(row.event()));
        }
    }

    /** A consumer that fails leaves its event unaccounted for: the next takeover finds it. */
    private void handOn(CommittedEvent event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException fault) {
            LOG.error("Event {} was not handed on", event.id(), fault);
        }
    }

    @Override
    public void aborted() {
        open.aborted();
    }

    @Override
    public void unknown() {
        StoreUnavailableException unknown = new StoreUnavailableException("The commit's answer did not come");
        rows.storedMembers().forEach(member -> member.fail(unknown));
        rows.repeats().forEach(member -> member.fail(unknown));
    }

    @Override
    public Mono<Boolean> isStored(EpochSession session) {
        if (rows.stored().isEmpty()) {
            return Mono.just(false);
        }
        EventId first = rows.stored().get(0).event().id();
        return session.connection()
                .createStatement(FIND)
                .bind("$1", first.instanceId())
                .bind("$2", first.id())
                .bind("$3", first.receivedAt())
                .execute()
                .concatMap(result -> result.map((row, columns) -> true))
                .next()
                .defaultIfEmpty(false);
    }
}
