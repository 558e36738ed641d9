package dev.sluice.persistence.delivery;

import dev.sluice.persistence.delivery.OutcomeLog.Recorded;
import dev.sluice.persistence.epoch.Epoch;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.groupcommit.Member;
import dev.sluice.persistence.progress.EventChange;
import dev.sluice.persistence.progress.EventChanges;
import dev.sluice.persistence.progress.Findable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group of outcomes by what has to be done.
 *
 * @param members all of them
 * @param ended first attempts that ended their delivery
 * @param owed deliveries that leave memory
 * @param claimsEnded claims that ended
 * @param claimsReturned claims that stay owed
 * @param unowed events that nobody is owed
 * @param again deliveries to be made again
 */
record OutcomeRows(
        List<Member<Outcome, Recorded>> members,
        List<Outcome.Ended> ended,
        List<Outcome.Owed> owed,
        List<Outcome.ClaimEnded> claimsEnded,
        List<Outcome.ClaimReturned> claimsReturned,
        List<Outcome.Unowed> unowed,
        List<Outcome.Again> again) {

    /** Outcomes from the memory of another epoch are left out: it is lost, and its deliveries are owed already. */
    static OutcomeRows of(Epoch epoch, List<Member<Outcome, Recorded>> members) {
        OutcomeRows rows = new OutcomeRows(
                members,
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        for (Member<Outcome, Recorded> member : members) {
            rows.sort(member.value(), member.value().delivery().eventId().epoch() == epoch.id());
        }
        return rows;
    }

    private void sort(Outcome outcome, boolean sameEpoch) {
        if (outcome instanceof Outcome.ClaimEnded end) {
            claimsEnded.add(end);
        } else if (outcome instanceof Outcome.ClaimReturned returned) {
            claimsReturned.add(returned);
        } else if (outcome instanceof Outcome.Again once) {
            again.add(once);
        } else if (sameEpoch && outcome instanceof Outcome.Ended end) {
            ended.add(end);
        } else if (sameEpoch && outcome instanceof Outcome.Owed debt) {
            owed.add(debt);
        } else if (sameEpoch && outcome instanceof Outcome.Unowed nobody) {
            unowed.add(nobody);
        }
    }

    /** Whose outcome holds: those from memory, and those whose row was there to be changed. */
    Set<DeliveryId> inTime(Set<DeliveryId> changedRows) {
        Set<DeliveryId> inTime = new HashSet<>(changedRows);
        ended.forEach(outcome -> inTime.add(outcome.delivery()));
        owed.forEach(outcome -> inTime.add(outcome.delivery()));
        unowed.forEach(outcome -> inTime.add(outcome.delivery()));
        return inTime;
    }

    /** The log's rows. An attempt whose lease was lost was made all the same: it is logged, but ends nothing. */
    List<AttemptRow> attempts(Set<DeliveryId> inTime) {
        List<AttemptRow> rows = new ArrayList<>(members.size());
        ended.forEach(outcome -> rows.add(new AttemptRow(outcome.attempt(), true)));
        owed.forEach(outcome -> addIfMade(rows, outcome.attempt(), true));
        claimsEnded.forEach(
                outcome -> rows.add(new AttemptRow(outcome.attempt(), inTime.contains(outcome.delivery()))));
        claimsReturned.forEach(outcome -> addIfMade(rows, outcome.attempt(), true));
        return rows;
    }

    /** How far the events come by this. */
    EventChanges changes(Set<DeliveryId> inTime) {
        EventChanges changes = new EventChanges();
        ended.forEach(outcome -> changes.add(change(outcome, outcome.attempt(), true, outcome.first())));
        owed.forEach(outcome -> changes.add(change(outcome, outcome.attempt(), true, outcome.first())));
        claimsEnded.forEach(
                outcome -> changes.add(change(outcome, outcome.attempt(), inTime.contains(outcome.delivery()), null)));
        claimsReturned.forEach(outcome -> changes.add(change(outcome, outcome.attempt(), true, null)));
        unowed.forEach(outcome -> changes.add(change(outcome, null, true, outcome.first())));
        return changes;
    }

    private static EventChange change(
            Outcome outcome, @Nullable Attempt attempt, boolean counts, @Nullable Findable first) {
        EventId event = outcome.delivery().eventId();
        Attempt.Ending ending = attempt == null || !counts ? null : attempt.ending();
        return new EventChange(
                event.id(),
                event.instanceId(),
                event.receivedAt(),
                0,
                ending == Attempt.Ending.DELIVERED ? 1 : 0,
                ending == null || ending == Attempt.Ending.DELIVERED ? 0 : 1,
                attempt != null && attempt.made(),
                first);
    }

    private static void addIfMade(List<AttemptRow> rows, @Nullable Attempt attempt, boolean counts) {
        if (attempt != null) {
            rows.add(new AttemptRow(attempt, counts));
        }
    }

    /** The attempt that an outcome tells of, or null when none was made. */
    static @Nullable Attempt attempt(Outcome outcome) {
        if (outcome instanceof Outcome.Ended ended) {
            return ended.attempt();
        }
        if (outcome instanceof Outcome.ClaimEnded ended) {
            return ended.attempt();
        }
        if (outcome instanceof Outcome.Owed owed) {
            return owed.attempt();
        }
        return outcome instanceof Outcome.ClaimReturned returned ? returned.attempt() : null;
    }

    /** What an outcome brings to search its event by, or null. */
    static @Nullable Findable first(Outcome outcome) {
        if (outcome instanceof Outcome.Ended ended) {
            return ended.first();
        }
        if (outcome instanceof Outcome.Owed owed) {
            return owed.first();
        }
        return outcome instanceof Outcome.Unowed unowed ? unowed.first() : null;
    }
}
