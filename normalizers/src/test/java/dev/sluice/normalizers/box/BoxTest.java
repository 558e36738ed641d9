package dev.sluice.normalizers.box;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.MalformedBodyException;
import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

final class BoxTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    private static final Duration GUARD = Duration.ofSeconds(5);
    private static final String V1 = "userId=%5B%22226067247%22%5D&event=uploaded&itemId=17&itemType=file&newItemId=";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/box/cases.csv", numLinesToSkip = 1)
    void normalisesByTheTable(String file, String objectType, String objectId, EventType eventType, Instant date) {
        NormalizedItem item = only(golden(new Box(), file));

        assertThat(item.objectType()).isEqualTo(objectType);
        assertThat(item.objectId()).isEqualTo(objectId);
        assertThat(item.eventType()).isEqualTo(eventType);
        assertThat(item.date()).isEqualTo(date);
    }

    @Test
    void tellsOfRetrievalsOnlyWhereTheInstallationAsksForThem() {
        Element usual = Elements.all().find("box").orElseThrow();
        Element asked = Elements.all(true).find("box").orElseThrow();

        assertThat(only(golden(usual, "file.downloaded.json")).eventType()).isEqualTo(EventType.UPDATED);
        assertThat(only(golden(usual, "file.downloaded.json")).attributes())
                .containsEntry("trigger", "FILE.DOWNLOADED");
        assertThat(only(golden(asked, "file.downloaded.json")).eventType()).isEqualTo(EventType.RETRIEVED);
    }

    @Test
    void keepsWhereTheObjectIsAndWhoChangedIt() {
        assertThat(only(golden(new Box(), "file.moved.json")).attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "trigger", "FILE.MOVED",
                        "actor", "ada@example.com",
                        "actorId", "226067247",
                        "webhookId", "53",
                        "sourceType", "file",
                        "name", "plan.pdf",
                        "parentId", "8290188973",
                        "path", "Plans"));
        assertThat(only(golden(new Box(), "collaboration.created.json")).attributes())
                .containsEntry("itemId", "73835521473")
                .containsEntry("itemType", "file")
                .containsEntry("sourceType", "collaboration");
        assertThat(only(golden(new Box(), "shared_link.created.json")).attributes())
                .containsEntry("sourceType", "folder");
    }

    @Test
    void marksWhatTheOwnerHasToDo() {
        assertThat(golden(new Box(), "webhook.deleted.json").marks()).containsExactly(Mark.WEBHOOK_REMOVED);
        assertThat(golden(new Box(), "no_active_session.json").marks()).containsExactly(Mark.REAUTHENTICATION_NEEDED);
        assertThat(golden(new Box(), "file.deleted.json").marks()).isEmpty();
    }

    @Test
    void knowsARepeatByTheEventIdThatRetriesKeep() {
        assertThat(golden(new Box(), "file.uploaded.json").dedupeKeys())
                .containsExactly("0f9d7f0c-2f5e-4b0e-8a55-000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "uploaded, CREATED",
        "created, CREATED",
        "copied, CREATED",
        "deleted, DELETED",
        "downloaded, RETRIEVED",
        "previewed, RETRIEVED",
        "sent, UPDATED",
        "commented, UPDATED",
        "moved, UPDATED",
        "task assigned, UPDATED",
        "responded to task, UPDATED",
        "locked, UPDATED",
        "unlocked, UPDATED",
        "collaborator added, UPDATED",
    })
    void understandsVersionOneForms(String event, EventType expected) {
        Intake.Event read = (Intake.Event) read(new Box(), WebhookFixture.form(V1.replace("uploaded", event)));

        NormalizedItem item = only(read);
        assertThat(item.objectType()).isEqualTo("file");
        assertThat(item.objectId()).isEqualTo("17");
        assertThat(item.eventType()).isEqualTo(expected);
        assertThat(item.attributes()).containsEntry("actorId", "226067247").containsEntry("trigger", event);
    }

    @Test
    void takesTheSameVersionOneEventForANewOneEachTime() {
        Intake.Event read = (Intake.Event) read(new Box(), WebhookFixture.form(V1.replace("uploaded", "downloaded")));

        assertThat(read.dedupeKeys()).isEmpty();
        assertThat(only(read).dedupeKey()).isNull();
    }

    @Test
    void understandsVersionOneQueries() {
        Intake.Event event = (Intake.Event) read(
                new Box(),
                WebhookFixture.get()
                        .query("event", "copied")
                        .query("itemId", "1")
                        .query("newItemId", "2"));

        assertThat(only(event).objectId()).isEqualTo("2");
        assertThat(read(new Box(), WebhookFixture.get())).isEqualTo(Intake.Handshake.OK);
    }

    @Test
    void givesVersionOneFormsAsAnObject() {
        assertThat(new Box()
                        .raw("application/x-www-form-urlencoded", "a=1&b=%C3%AB&a=2".getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\":[\"1\",\"2\"],\"b\":\"ë\"}");
    }

    @Test
    void refusesOtherContentTypes() {
        assertThatThrownBy(() -> read(new Box(), WebhookFixture.json("{}").header("Content-Type", "text/xml")))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith("Content-Type: text/xml (expected: application/json");
    }

    private static Intake.Event golden(Element element, String file) {
        return (Intake.Event) read(element, WebhookFixture.json(WebhookFixture.golden("box", file)));
    }

    private static Intake read(Element element, WebhookFixture webhook) {
        return element.read(webhook.build(), new Settings(Map.of()), RECEIVED_AT);
    }

    private static NormalizedItem only(Intake.Event event) {
        return event.items().single().blockOptional(GUARD).orElseThrow();
    }
}
