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
            COPY event (instance_id, id, received_at, epoch, sequence, endpoint_ids, parts, content_type, headers, items,
                        failure, body)
            FROM STDIN WITH (FORMAT binary)""";
    private static final int COLUMNS = 12;

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
        out.text(draft.contentType());
        out.text(headers.bytes());
        out.text(items.bytes());
        out.nullableText(draft.failure());
    }

    @Override
    public byte[] tail() {
        return event.draft().body().bytes();
    }

    /** How many outcomes account for it: one a delivery, and one when it is owed to nobody. */
    int outcomes() {
        return Math.max(1, event.parts() * event.draft().endpointIds().size());
    }
}
