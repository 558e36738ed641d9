package dev.sluice.gateway.delivery.notification;

import dev.sluice.gateway.delivery.egress.Payload;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventItem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.ByteArrayBuilder;

/** Writes notifications in the original's shape. The same delivery always gives the same bytes. */
final class NotificationWriter {
    private static final int FRAME_BYTES_USUAL = 1_024;
    /** The form that the original took from {@code java.util.Date.toString}. */
    private static final DateTimeFormatter CREATED_DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Escaping all that is not ASCII also carries the half surrogate pairs that some providers send. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private NotificationWriter() {}

    /**
     * The notification of one delivery.
     *
     * @throws IllegalArgumentException if the event has no such part
     */
    static Payload write(DeliveryId delivery, DeliverableEvent event, Recipient recipient) {
        return write(delivery, event, recipient, json -> {});
    }

    /**
     * The same, with more about it.
     *
     * @param standing writes further properties, which come first
     */
    static Payload write(
            DeliveryId delivery, DeliverableEvent event, Recipient recipient, Consumer<JsonGenerator> standing) {
        List<EventItem> items = event.part(delivery.part());
        try (ByteArrayBuilder frame = new ByteArrayBuilder(FRAME_BYTES_USUAL);
                JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), frame)) {
            json.writeStartObject();
            standing.accept(json);
            writeEnvelope(json, delivery, items, recipient);
            writeMessage(json, event, recipient);
            json.flush();
            int split = frame.size();
            writeItems(json, items, recipient.elementKey());
            json.writeEndObject();
            json.writeEndObject();
            json.flush();
            return new Payload(frame.toByteArray(), split, event.raw().bytes());
        }
    }

    private static void writeEnvelope(
            JsonGenerator json, DeliveryId delivery, List<EventItem> items, Recipient recipient) {
        json.writeStringProperty("id", delivery.encoded());
        json.writeStringProperty("createdDate", createdDate(delivery.eventId().receivedAt()));
        json.writeStringProperty("topic", recipient.topic());
        json.writeStringProperty("severity", "medium");
        json.writeStringProperty("action", action(items));
        json.writeStringProperty("user", "sluice");
    }

    private static void writeMessage(JsonGenerator json, DeliverableEvent event, Recipient recipient) {
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("elementKey", recipient.elementKey());
        json.writeStringProperty("eventId", event.id().encoded());
        // The original had accounts within companies; here both are the organization.
        json.writeNumberProperty("accountId", recipient.organizationId());
        json.writeNumberProperty("companyId", recipient.organizationId());
        json.writeNumberProperty("userId", recipient.userId());
        json.writeNumberProperty("instanceId", recipient.instanceId());
        json.writeNumberProperty("instance_id", recipient.instanceId());
        json.writeStringProperty("instanceName", recipient.name());
        json.writeArrayPropertyStart("instanceTags");
        for (String tag : recipient.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeName("raw");
        // An empty value: what belongs here is kept apart and put in when the message is sent.
        json.writeRawValue("");
    }

    private static void writeItems(JsonGenerator json, List<EventItem> items, String elementKey) {
        json.writeArrayPropertyStart("events");
        for (EventItem item : items) {
            json.writeStartObject();
            json.writeStringProperty("date", item.date().toString());
            json.writeStringProperty("elementKey", elementKey);
            json.writeStringProperty("eventType", item.eventType());
            json.writeStringProperty("objectId", item.objectId());
            json.writeStringProperty("objectType", item.objectType());
            if (!item.attributes().isEmpty()) {
                writeAttributes(json, item.attributes());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeAttributes(JsonGenerator json, Map<String, String> attributes) {
        json.writeObjectPropertyStart("attributes");
        // In the order of the names: a map read back from the log has another order than the one that went in.
        attributes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(attribute -> json.writeStringProperty(attribute.getKey(), attribute.getValue()));
        json.writeEndObject();
    }

    private static String createdDate(Instant receivedAt) {
        return CREATED_DATE.format(receivedAt);
    }

    /** The verb that all items agree on; {@code update}, the least specific one, where they do not or none is known. */
    private static String action(List<EventItem> items) {
        String type = items.get(0).eventType();
        for (EventItem item : items) {
            if (!item.eventType().equals(type)) {
                return "update";
            }
        }
        return switch (type) {
            case "CREATED" -> "create";
            case "DELETED" -> "delete";
            case "RETRIEVED" -> "retrieve";
            default -> "update";
        };
    }
}
