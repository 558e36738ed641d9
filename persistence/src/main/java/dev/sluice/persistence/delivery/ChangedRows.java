package dev.sluice.persistence.delivery;

import dev.sluice.persistence.progress.EventChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Deliveries whose owed row was there to be changed, or was made.
 *
 * @param events how far events went back by it
 */
record ChangedRows(Set<DeliveryId> rows, List<EventChange> events) {
    static final ChangedRows NONE = new ChangedRows(Set.of(), List.of());

    static ChangedRows of(Set<DeliveryId> rows) {
        return new ChangedRows(rows, List.of());
    }

    ChangedRows and(ChangedRows other) {
        Set<DeliveryId> all = new HashSet<>(rows);
        all.addAll(other.rows);
        return new ChangedRows(
                all, Stream.concat(events.stream(), other.events.stream()).toList());
    }
}
