package dev.sluice.persistence.delivery;

import dev.sluice.persistence.copy.CopyStream;
import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.groupcommit.GroupTransaction;
import dev.sluice.persistence.groupcommit.Member;
import dev.sluice.persistence.groupcommit.PreparedGroup;
import dev.sluice.persistence.progress.EventChanges;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * A group of outcomes: first the claims that end or return, each if its lease holds, then what becomes owed, then the log,
 * then how far events have come by it.
 */
final class OutcomeGroup implements GroupTransaction<Outcome, Recorded> {

    /**
     * An outcome from memory is nearly always its event's first, and written as such. Where it is not (the event was
     * redelivered meanwhile, or its day is gone), all of the group is done again by the longer way, which looks.
     */
    @Override
    public Mono<PreparedGroup> prepare(EpochSession session, List<Member<Outcome, Recorded>> members) {
        return prepare(session, members, changes -> changes)
                .onErrorResume(
                        OutcomeGroup::isIntegrityViolation,
                        notTheFirst -> session.connection()
                                .rollbackTransaction()
                                .then(Mono.defer(() -> prepare(session, members, EventChanges::asLater))));
    }

    private static boolean isIntegrityViolation(Throwable error) {
        return error instanceof R2dbcDataIntegrityViolationException;
    }

    private static Mono<PreparedGroup> prepare(
            EpochSession session, List<Member<Outcome, Recorded>> members, UnaryOperator<EventChanges> way) {
        return session.begin().flatMap(begun -> {
            OutcomeRows rows = OutcomeRows.of(session.epoch(), members);
            return changeRows(session.connection(), rows).flatMap(changed -> {
                Set<DeliveryId> inTime = rows.inTime(changed.rows());
                EventChanges changes = way.apply(rows.changes(inTime));
                changed.events().forEach(changes::add);
                return OwedStatements.owe(session.connection(), rows.owed())
                        .then(Mono.defer(() -> log(session, rows.attempts(inTime))))
                        .then(Mono.defer(() -> changes.write(
                                session.connection(), session.epoch().id())))
                        .thenReturn((PreparedGroup) new PreparedOutcomes(session.epoch(), begun, rows, inTime));
            });
        });
    }

    private static Mono<ChangedRows> changeRows(PostgresqlConnection connection, OutcomeRows rows) {
        return OwedStatements.end(connection, rows.claimsEnded())
                .flatMap(ended -> OwedStatements.giveBack(connection, rows.claimsReturned())
                        .map(returned -> ChangedRows.of(ended.ids()).and(ChangedRows.of(returned)))
                        .flatMap(changed -> LineStatements.letFirstGo(connection, ended.freed())
                                .thenReturn(changed)))
                .flatMap(changed ->
                        AgainStatements.apply(connection, rows.again()).map(changed::and));
    }

    private static Mono<Void> log(EpochSession session, List<AttemptRow> attempts) {
        return attempts.isEmpty()
                ? Mono.empty()
                : CopyStream.send(session.connection(), AttemptRow.COPY, attempts)
                        .then();
    }
}
