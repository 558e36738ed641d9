package dev.sluice.gateway.delivery.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.delivery.egress.Payload;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.Body;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.eventlog.EventItem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NotificationTest {
    private static final EventId EVENT = EventId.of(4711, Instant.parse("2019-03-04T10:20:30.123456Z"), 1, 7);
    private static final DeliveryId DELIVERY = new DeliveryId(EVENT, 12, 0);
    private static final Instant HAPPENED = Instant.parse("2019-03-04T10:20:28Z");
    private static final Recipient RECIPIENT =
            new Recipient(4711, "My instance", List.of("Docs", "Mün\"chen"), "github", 7, 42);

    @Test
    void hasTheShapeOfTheOriginal() {
        String raw = "{ \"ref\" : \"refs/heads/main\",\n \"é\": 1.50 }";
        String text = text(write(raw, item("CREATED", Map.of("number", "17", "b", "2"))));

        assertThat(text).isEqualTo("""
                        {"id":"%s","createdDate":"Mon Mar 04 10:20:30 UTC 2019","topic":"instance-4711-github-events",\
                        "severity":"medium","action":"create","user":"sluice","message":{"elementKey":"github",\
                        "eventId":"%s","accountId":7,"companyId":7,"userId":42,"instanceId":4711,"instance_id":4711,\
                        "instanceName":"My instance","instanceTags":["Docs","M\\u00FCn\\"chen"],"raw":%s,\
                        "events":[{"date":"2019-03-04T10:20:28Z","elementKey":"github","eventType":"CREATED",\
                        "objectId":"003AbC","objectType":"Contact","attributes":{"b":"2","number":"17"}}]}}""", DELIVERY.encoded(), EVENT.encoded(), raw);
    }

    @Test
    void leavesOutAttributesWhenThereAreNone() {
        JsonNode item = parsed(write("{}", item("UPDATED", Map.of()))).at("/message/events/0");

        assertThat(item.propertyNames()).containsExactly("date", "elementKey", "eventType", "objectId", "objectType");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED,CREATED,create",
        "DELETED,DELETED,delete",
        "RETRIEVED,RETRIEVED,retrieve",
        "UPDATED,UPDATED,update",
        "UNKNOWN,UNKNOWN,update",
        "CREATED,DELETED,update"
    })
    void namesTheActionThatAllItemsAgreeOn(String first, String second, String action) {
        Payload notification = write("{}", item(first, Map.of()), item(second, Map.of()));

        assertThat(parsed(notification).at("/action").asString()).isEqualTo(action);
    }

    @Test
    void carriesTheTwentyItemsOfItsPartAndTheWholeRawBody() {
        EventItem[] items = IntStream.range(0, 45)
                .mapToObj(i -> new EventItem("Contact", "id-" + i, "CREATED", HAPPENED, Map.of()))
                .toArray(EventItem[]::new);
        DeliverableEvent event = event("[1]", items);

        JsonNode last = parsed(NotificationWriter.write(new DeliveryId(EVENT, 12, 2), event, RECIPIENT))
                .at("/message");

        assertThat(last.at("/events").size()).isEqualTo(5);
        assertThat(last.at("/events/0/objectId").asString()).isEqualTo("id-40");
        assertThat(last.at("/raw/0").asInt()).isEqualTo(1);
        assertThatThrownBy(() -> NotificationWriter.write(new DeliveryId(EVENT, 12, 3), event, RECIPIENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("part: 3");
    }

    @Test
    void carriesTheItemsOfOneObjectWhereThoseArriveInOrder() {
        List<EventItem> items = IntStream.range(0, 45)
                .mapToObj(i -> new EventItem("Contact", i % 2 == 0 ? "even" : "odd", "CREATED", HAPPENED, Map.of()))
                .toList();
        DeliverableEvent event = new DeliverableEvent(EVENT, items, true, new Body("{}".getBytes(UTF_8)), Map.of());

        List<JsonNode> parts = IntStream.range(0, 4)
                .mapToObj(part -> parsed(NotificationWriter.write(new DeliveryId(EVENT, 12, part), event, RECIPIENT)))
                .toList();

        assertThat(parts)
                .extracting(part -> part.at("/message/events").size() + " "
                        + part.at("/message/events/0/objectId").asString())
                .containsExactly("20 even", "3 even", "20 odd", "2 odd");
    }

    @Test
    void survivesHalfASurrogatePair() {
        Payload notification = NotificationWriter.write(
                DELIVERY, event("{}", new EventItem("Contact", "a\ud800b", "CREATED", HAPPENED, Map.of())), RECIPIENT);

        assertThat(text(notification)).contains("\"a\\uD800b\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 500, 100_000})
    void isTheSameBytesInPiecesOfAnySize(int piece) {
        Payload notification = write("{\"a\":\"" + "x".repeat(700) + "\"}", item("CREATED", Map.of()));
        ByteBuf pieces = Unpooled.buffer();

        for (int from = 0; from < notification.length(); from += piece) {
            notification.writeTo(pieces, from, piece);
        }

        assertThat(pieces.toString(UTF_8)).isEqualTo(text(notification));
        assertThat(pieces.readableBytes()).isEqualTo(notification.length());
    }

    private static Payload write(String raw, EventItem... items) {
        return NotificationWriter.write(DELIVERY, event(raw, items), RECIPIENT);
    }

    private static DeliverableEvent event(String raw, EventItem... items) {
        return new DeliverableEvent(EVENT, List.of(items), false, new Body(raw.getBytes(UTF_8)), Map.of());
    }

    private static EventItem item(String eventType, Map<String, String> attributes) {
        return new EventItem("Contact", "003AbC", eventType, HAPPENED, attributes);
    }

    private static String text(Payload notification) {
        ByteBuf buffer = Unpooled.buffer();
        notification.writeTo(buffer, 0, notification.length());
        return buffer.toString(UTF_8);
    }

    private static JsonNode parsed(Payload notification) {
        return new JsonMapper().readTree(text(notification));
    }
}
