package dev.sluice.normalizers.hootsuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.MalformedBodyException;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HootsuiteTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    private static final Duration GUARD = Duration.ofSeconds(5);
    private static final String PING = "{\"type\":\"com.hootsuite.ping.event.v1\",\"data\":{}}";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/hootsuite/cases.csv", numLinesToSkip = 1)
    void normalisesByTheTable(String file, String objectType, String objectId, EventType eventType, String date) {
        List<NormalizedItem> items =
                items(new String(WebhookFixture.golden("hootsuite", file), StandardCharsets.UTF_8));

        assertThat(items).hasSize(1);
        NormalizedItem item = items.get(0);
        assertThat(item.objectType()).isEqualTo(objectType);
        assertThat(item.objectId()).isEqualTo(objectId);
        assertThat(item.eventType()).isEqualTo(eventType);
        assertThat(item.date()).isEqualTo(date.equals("received") ? RECEIVED_AT : Instant.parse(date));
        assertThat(item.dedupeKey()).isEqualTo(item.attributes().get("seqNo"));
        assertThat(item.attributes()).containsKey("state");
    }

    @Test
    void streamsABatchItemByItemWithItsOwnKeys() {
        List<NormalizedItem> items = items("""
                [{"seq_no":"1","type":"com.hootsuite.messages.event.v1","data":{"state":"SENT","message":{"id":"4"}}},
                 {"type":"com.hootsuite.messages.event.v1","data":{"state":"SENT","message":{"id":"5"}}}]
                """);

        assertThat(items).extracting(NormalizedItem::objectId).containsExactly("4", "5");
        assertThat(items.get(0).dedupeKey()).isEqualTo("1");
        assertThat(items.get(1).dedupeKey()).matches("sha256:[0-9a-f]{64}#1");
    }

    @Test
    void losesNoEventToABadNeighbour() {
        List<NormalizedItem> items =
                items("[7,{\"type\":\"com.hootsuite.apps.event.v1\",\"data\":{\"app\":{\"id\":\"9\"}}},{\"data\":[]}]");

        assertThat(items)
                .extracting(NormalizedItem::eventType)
                .containsExactly(EventType.UNKNOWN, EventType.UPDATED, EventType.UNKNOWN);
        assertThat(items).extracting(NormalizedItem::dedupeKey).doesNotHaveDuplicates();
    }

    @Test
    void acceptsASingleObject() {
        assertThat(items("{\"seq_no\":\"1\",\"type\":\"com.hootsuite.messages.event.v1\","
                        + "\"data\":{\"message\":{\"id\":\"4\"}}}"))
                .hasSize(1);
    }

    @Test
    void leavesTheDeduplicationToTheItems() {
        Intake.Event event = (Intake.Event) read("[{\"seq_no\":\"1\"}]");

        assertThat(event.dedupeKeys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[" + PING + "]", PING, "[]"})
    void answersAPingAndTellsNobody(String body) {
        assertThat(read(body)).isEqualTo(Intake.Handshake.OK);
    }

    @Test
    void leavesPingsOutOfABatch() {
        assertThat(items("[" + PING + ",{\"seq_no\":\"1\"}]")).hasSize(1);
    }

    @Test
    void refusesWhatIsNoBatch() {
        assertThatThrownBy(() -> read("\"x\""))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage("body: found a string at line 1, column 1 (expected: a JSON array or object)");
        assertThatThrownBy(() -> read("")).hasMessage("body: empty (expected: JSON)");
    }

    private static Intake read(String body) {
        return new Hootsuite().read(WebhookFixture.json(body).build(), new Settings(Map.of()), RECEIVED_AT);
    }

    private static List<NormalizedItem> items(String body) {
        return ((Intake.Event) read(body))
                .items()
                .collectList()
                .blockOptional(GUARD)
                .orElseThrow();
    }

    @Test
    void showsEachOrganizationOnlyItsOwnEventsOfABatch() {
        String batch = "[{\"seq_no\":1,\"data\":{\"organization\":{\"id\":1},\"x\": \"a,]\"}}, {\"data\":{}},"
                + "{\"seq_no\":2,\"data\":{\"organization\":{\"id\":2}}},{\"seq_no\":3,\"data\":{\"organization\":{\"id\":1}}}]";

        assertThat(share(batch, "1"))
                .contains("[{\"seq_no\":1,\"data\":{\"organization\":{\"id\":1},\"x\": \"a,]\"}},"
                        + "{\"seq_no\":3,\"data\":{\"organization\":{\"id\":1}}}]");
        assertThat(share(batch, "2")).contains("[{\"seq_no\":2,\"data\":{\"organization\":{\"id\":2}}}]");
        assertThat(share(batch, "3")).isEmpty();
        assertThat(share(batch, "")).isEmpty();
    }

    @Test
    void showsABatchOfOneOrganizationAsItCame() {
        String batch = "[ {\"data\":{\"organization\":{\"id\":1}}}, {\"data\":{}} ]";

        assertThat(share(batch, "1")).contains(batch);
        assertThat(share(batch, "")).contains(batch);
    }

    private static Optional<String> share(String batch, String organization) {
        return new Hootsuite()
                .share(
                        WebhookFixture.json(batch).build(),
                        new Settings(Map.of("hootsuite.organization.id", organization)))
                .map(Webhook::bodyText);
    }
}
