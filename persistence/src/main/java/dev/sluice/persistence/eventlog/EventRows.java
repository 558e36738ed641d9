package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.epoch.Epoch;
import dev.sluice.persistence.epoch.EpochSession;
import dev.sluice.persistence.groupcommit.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A group sorted into what is stored and what is a repeat.
 *
 * @param firstSequence the lowest number given
 * @param stored the rows, in the order they were submitted
 * @param storedMembers who submitted each row
 * @param repeats who submitted what was seen before
 */
record EventRows(
        long firstSequence,
        List<EventRow> stored,
        List<Member<LogEntry, Appended>> storedMembers,
        List<Member<LogEntry, Appended>> repeats) {

    /**
     * Keeps what is new and numbers it.
     *
     * @param fresh the keys that were not in the database; one that stands twice in the group counts for the first only
     */
    static EventRows number(
            Epoch epoch, EpochSession.Begun begun, List<Member<LogEntry, Appended>> members, Set<UUID> fresh) {
        long first = epoch.takeSequences(members.size());
        EventRows rows = new EventRows(first, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<UUID> taken = new HashSet<>();
        for (Member<LogEntry, Appended> member : members) {
            LogEntry entry = member.value();
            List<EventItem> items = newItems(entry, fresh, taken);
            boolean repeat = isRepeat(entry, items, fresh, taken);
            taken.addAll(entry.keys());
            if (repeat) {
                rows.repeats.add(member);
            } else {
                long sequence = first + rows.stored.size();
                rows.add(member, row(epoch, begun, entry, items, sequence));
            }
        }
        return rows;
    }

    private void add(Member<LogEntry, Appended> member, EventRow row) {
        stored.add(row);
        storedMembers.add(member);
    }

    private static EventRow row(
            Epoch epoch, EpochSession.Begun begun, LogEntry entry, List<EventItem> items, long sequence) {
        EventDraft draft = entry.draft();
        EventId id = EventId.of(draft.instanceId(), begun.now(), epoch.id(), sequence);
        List<Long> keys = draft.ordered() ? Parts.orderKeys(items) : List.of();
        EncodedJson json = items.size() == draft.items().size() ? entry.items() : EncodedJson.ofItems(items);
        return new EventRow(new CommittedEvent(id, draft, items, keys), epoch.id(), sequence, entry.headers(), json);
    }

    private static List<EventItem> newItems(LogEntry entry, Set<UUID> fresh, Set<UUID> taken) {
        List<EventItem> items = entry.draft().items();
        if (!(entry.draft().dedupe() instanceof Dedupe.ByItem)) {
            return items;
        }
        Set<UUID> own = new HashSet<>();
        return IntStream.range(0, items.size())
                .filter(i -> isNew(entry.keys().get(i), fresh, taken)
                        && own.add(entry.keys().get(i)))
                .mapToObj(items::get)
                .toList();
    }

    private static boolean isRepeat(LogEntry entry, List<EventItem> items, Set<UUID> fresh, Set<UUID> taken) {
        if (entry.draft().dedupe() instanceof Dedupe.ByItem byItem) {
            return items.isEmpty() && !byItem.keys().isEmpty();
        }
        return !entry.keys().stream().allMatch(key -> isNew(key, fresh, taken));
    }

    private static boolean isNew(UUID key, Set<UUID> fresh, Set<UUID> taken) {
        return fresh.contains(key) && !taken.contains(key);
    }

    /** How many outcomes account for the stored ones. */
    int outcomes() {
        return stored.stream().mapToInt(EventRow::outcomes).sum();
    }

    /** Each row's event by who submitted it, in order. */
    List<Map.Entry<Member<LogEntry, Appended>, CommittedEvent>> answers() {
        return IntStream.range(0, stored.size())
                .mapToObj(i -> Map.entry(storedMembers.get(i), stored.get(i).event()))
                .toList();
    }
}
