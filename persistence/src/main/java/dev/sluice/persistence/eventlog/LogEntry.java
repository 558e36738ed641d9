package dev.sluice.persistence.eventlog;

import java.util.List;
import java.util.UUID;

/**
 * A draft made ready to be written, by whoever submits it, so that the writer has as little to do as can be.
 *
 * @param keys the hashed keys by which a repeat is known
 * @param headers the draft's headers as JSON
 * @param items the draft's items as JSON
 */
record LogEntry(EventDraft draft, List<UUID> keys, EncodedJson headers, EncodedJson items) {
    private static final int ROW_OVERHEAD_BYTES = 256;

    static LogEntry of(EventDraft draft) {
        return new LogEntry(
                draft,
                DedupeKeys.of(draft),
                EncodedJson.ofHeaders(draft.headers()),
                EncodedJson.ofItems(draft.items()));
    }

    /** About what its row weighs. */
    long bytes() {
        return ROW_OVERHEAD_BYTES
                + (long) headers.bytes().length
                + items.bytes().length
                + draft.body().length();
    }
}
