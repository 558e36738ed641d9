package dev.sluice.persistence.eventlog;

import dev.sluice.persistence.copy.CopyRow;
import dev.sluice.persistence.copy.CopyWriter;

/**
 * An event as its row.
 *
 * @param items the event's items as JSON
 */
record EventRow(CommittedEvent event, int epoch, long sequence, EncodedJson headers, EncodedJson items)
        implements CopyRow {
    static final String COPY = """
            COPY event (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, order_keys, content_type, headers,
                        items, failure, body)
            FROM STDIN WITH (FORMAT binary)""";
    private static final int COLUMNS = 13;

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void writeHead(CopyWriter out) {
        EventDraft draft = event.draft();
        out.int8(draft.instanceId());
        out.uuid(event.id().id());
        out.timestamp(event.id().receivedAt());
        out.int4(epoch);
        out.int8(sequence);
        out.int8Array(draft.endpointIds());
        out.int2(event.parts());
        if (event.isOrdered()) {
            out.int8Array(event.orderKeys());
        } else {
            out.missing();
        }
        out.text(draft.contentType());
        out.text(headers.bytes());
        out.text(items.bytes());
        out.nullableText(draft.failure());
    }

    @Override
    public byte[] tail() {
        return event.draft().body().bytes();
    }

    /** How many outcomes account for it: one a delivery; one in all when nobody is owed, or all have their row already. */
    int outcomes() {
        return event.isOrdered()
                ? 1
                : Math.max(1, event.parts() * event.draft().endpointIds().size());
    }
}
