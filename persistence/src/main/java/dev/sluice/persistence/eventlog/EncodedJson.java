package dev.sluice.persistence.eventlog;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** Headers and items as they stand in the log. */
final class EncodedJson {
    /** Each event is written twice: a pool that threads do not share costs them less than the common one. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private static final int TYPICAL_BYTES = 256;

    private final byte[] bytes;

    private EncodedJson(byte[] bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    static EncodedJson ofHeaders(Map<String, String> headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            writeMap(json, headers);
        }
        return new EncodedJson(out.toByteArray());
    }

    static EncodedJson ofItems(List<EventItem> items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartArray();
            items.forEach(item -> write(json, item));
            json.writeEndArray();
        }
        return new EncodedJson(out.toByteArray());
    }

    private static void write(JsonGenerator json, EventItem item) {
        json.writeStartObject();
        json.writeStringProperty("objectType", item.objectType());
        json.writeStringProperty("objectId", item.objectId());
        json.writeStringProperty("eventType", item.eventType());
        json.writeStringProperty("date", item.date().toString());
        json.writeName("attributes");
        writeMap(json, item.attributes());
        json.writeEndObject();
    }

    private static void writeMap(JsonGenerator json, Map<String, String> map) {
        json.writeStartObject();
        map.forEach(json::writeStringProperty);
        json.writeEndObject();
    }

    static Map<String, String> readHeaders(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            return readMap(parser);
        }
    }

    static List<EventItem> readItems(String json) {
        List<EventItem> items = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                items.add(readItem(parser));
            }
        }
        return items;
    }

    private static EventItem readItem(JsonParser parser) {
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> attributes = Map.of();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                attributes = readMap(parser);
            } else {
                fields.put(name, parser.getString());
            }
        }
        return new EventItem(
                field(fields, "objectType"),
                field(fields, "objectId"),
                field(fields, "eventType"),
                Instant.parse(field(fields, "date")),
                attributes);
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("item in the log: no " + name + " (expected: every item has one)");
        }
        return value;
    }

    private static Map<String, String> readMap(JsonParser parser) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            map.put(name, parser.getString());
        }
        return map;
    }
}
