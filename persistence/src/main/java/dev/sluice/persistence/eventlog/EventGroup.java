package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.copy.CopyStream;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.epoch.Watermark;
import dev.sluice.persistence.groupcommit.GroupTransaction;
import dev.sluice.persistence.groupcommit.Member;
import dev.sluice.persistence.groupcommit.PreparedGroup;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A group of events: find out which are new, copy those, and owe what stands in a line. */
final class EventGroup implements GroupTransaction<LogEntry, Appended> {
    /**
     * Sorted, because two groups that hold the same keys in another order would wait for each other. The days before are
     * looked at, not locked: only a repeat that races its first across midnight can slip through. The day is the
     * transaction's: so the statement need not wait for what its beginning answers, and its plan is made once.
     */
    private static final String CLAIM_KEYS = """
            INSERT INTO dedupe_key (key, day)
            SELECT given.key, (now() AT TIME ZONE 'UTC')::date FROM unnest($1::uuid[]) AS given (key)
             WHERE NOT EXISTS (
                   SELECT FROM dedupe_key AS seen
                    WHERE seen.key = given.key AND seen.day >= (now() AT TIME ZONE 'UTC')::date - $2
                      AND seen.day < (now() AT TIME ZONE 'UTC')::date)
             ORDER BY given.key
            ON CONFLICT DO NOTHING
            RETURNING key""";

    private final int windowDays;
    private final Consumer<CommittedEvent> committed;

    EventGroup(Duration window, Consumer<CommittedEvent> committed) {
        this.windowDays = (int) Math.max(1, window.toDays());
        this.committed = committed;
    }

    @Override
    public Mono<PreparedGroup> prepare(EpochSession session, List<Member<LogEntry, Appended>> members) {
        return Mono.defer(() -> {
            Watermark.Group open = session.epoch().watermark().open();
            // Both are sent at once and run in this order: the fence is held before a key is claimed.
            return Mono.zip(session.begin(), claimKeys(session, members))
                    .flatMap(claimed -> copy(session, claimed.getT1(), members, claimed.getT2(), open))
                    .doOnError(error -> open.aborted())
                    .doOnCancel(open::aborted);
        });
    }

    private Mono<Set<UUID>> claimKeys(EpochSession session, List<Member<LogEntry, Appended>> members) {
        UUID[] keys = members.stream()
                .flatMap(member -> member.value().keys().stream())
                .distinct()
                .toArray(UUID[]::new);
        if (keys.length == 0) {
            return Mono.just(Set.of());
        }
        return session.connection()
                .createStatement(CLAIM_KEYS)
                .bind("$1", keys)
                .bind("$2", windowDays)
                .execute()
                .concatMap(result -> result.map((row, columns) -> row.get(0, UUID.class)))
                .collect(() -> new HashSet<>(keys.length * 2), Set::add);
    }

    private Mono<PreparedGroup> copy(
            EpochSession session,
            EpochSession.Begun begun,
            List<Member<LogEntry, Appended>> members,
            Set<UUID> fresh,
            Watermark.Group open) {
        EventRows rows = EventRows.number(session.epoch(), begun, members, fresh);
        PreparedGroup prepared = new PreparedEvents(session.epoch(), open, begun.transactionId(), rows, committed);
        return rows.stored().isEmpty()
                ? Mono.just(prepared)
                : CopyStream.send(session.connection(), EventRow.COPY, rows.stored())
                        .then(OwedRows.write(session.connection(), rows.stored()))
                        .thenReturn(prepared);
    }
}
