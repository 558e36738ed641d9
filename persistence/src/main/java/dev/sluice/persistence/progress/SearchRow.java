package dev.sluice.persistence.progress;

import dev.sluice.persistence.copy.CopyRow;
import dev.sluice.persistence.copy.CopyWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The row that one item of an event is searched by, as an event's first change writes it.
 *
 * @param item null for an event without items
 */
record SearchRow(EventChange change, Findable event, int number, Findable.@Nullable Item item) implements CopyRow {
    static final String COPY = """
            COPY event_search (organization_id, event_id, item, received_at, instance_id, deliveries, added, delivered,
                               failed, attempted, object_type, object_id, event_type)
            FROM STDIN WITH (FORMAT binary)""";
    private static final int COLUMNS = 13;
    private static final int ITEMS_MAX = 200;
    private static final int TEXT_MAX = 200;

    /** The rows of a change that is its event's first. */
    static Stream<SearchRow> of(EventChange change, Findable event) {
        List<Findable.Item> items = event.items();
        return items.isEmpty()
                ? Stream.of(new SearchRow(change, event, 0, null))
                : IntStream.range(0, Math.min(items.size(), ITEMS_MAX))
                        .mapToObj(number -> new SearchRow(change, event, number, items.get(number)));
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public void writeHead(CopyWriter out) {
        out.int8(event.organizationId());
        out.uuid(change.eventId());
        out.int2(number);
        out.timestamp(change.receivedAt());
        out.int8(change.instanceId());
        out.int4(event.deliveries());
        out.int4(change.added());
        out.int4(change.delivered());
        out.int4(change.failed());
        out.bool(change.attempted());
        out.nullableText(item == null ? null : cut(item.objectType()));
        out.nullableText(item == null ? null : cut(item.objectId()));
    }

    @Override
    public byte @Nullable [] tail() {
        return item == null ? null : cut(item.eventType()).getBytes(StandardCharsets.UTF_8);
    }

    /** By characters, as PostgreSQL counts them. */
    private static String cut(String text) {
        return text.length() <= TEXT_MAX || text.codePointCount(0, text.length()) <= TEXT_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TEXT_MAX));
    }
}
