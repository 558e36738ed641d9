package dev.sluice.normalizers.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.MalformedBodyException;
import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;

final class GitHubTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    private static final String DELIVERY = "6a1f0c1e-1d2b-4d9e-9a57-0b6a3c0e1f11";
    private static final Duration GUARD = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/github/cases.csv", numLinesToSkip = 1)
    void normalisesByTheTables(String file, String objectType, String objectId, EventType eventType, String date) {
        NormalizedItem item = only(golden(file));

        assertThat(item.objectType()).isEqualTo(objectType);
        assertThat(item.objectId()).isEqualTo(objectId);
        assertThat(item.eventType()).isEqualTo(eventType);
        assertThat(item.date()).isEqualTo(date.equals("received") ? RECEIVED_AT : Instant.parse(date));
        assertThat(item.dedupeKey()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "added, CREATED", "submitted, CREATED", "reported, CREATED", "purchased, CREATED", "requested, CREATED",
        "queued, CREATED", "checks_requested, CREATED", "started, CREATED", "blocked, CREATED", "opened, CREATED",
        "deleted, DELETED", "removed, DELETED", "destroyed, DELETED", "revoked, DELETED", "cancelled, DELETED",
        "withdrawn, DELETED", "unblocked, DELETED", "published, UPDATED", "released, UPDATED", "anything_new, UPDATED",
    })
    void mapsEveryActionOfTheSheet(String action, EventType expected) {
        String body = "{\"action\":\"" + action + "\",\"release\":{\"id\":1}}";

        assertThat(only(read("release", body)).eventType()).isEqualTo(expected);
    }

    @Test
    void keepsWhatRestPathsAndPeopleNeed() {
        assertThat(only(golden("issue_comment.created.json")).attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "action", "created",
                        "number", "2",
                        "actor", "ada",
                        "actorId", "7",
                        "repository", "acme/shop",
                        "organization", "acme"));
        assertThat(only(golden("push.commits.json")).attributes())
                .containsEntry("ref", "refs/heads/main")
                .containsEntry("pusherName", "ada")
                .containsEntry("pusherEmail", "ada@example.com");
        assertThat(only(golden("create.tag.json")).attributes()).containsEntry("refType", "tag");
        assertThat(only(golden("membership.removed.json")).attributes()).containsEntry("teamId", "3253328");
        assertThat(only(golden("status.success.json")).attributes()).containsEntry("context", "ci/build");
    }

    @Test
    void streamsOneItemAWikiPage() {
        Intake.Event event = read("gollum", """
                {"pages":[{"page_name":"Home","action":"created","sha":"91ea"},
                          {"page_name":"Prices","action":"edited","sha":"0aa1"}, 7],
                 "repository":{"id":1,"full_name":"acme/shop"}}
                """);

        StepVerifier.create(event.items())
                .assertNext(page -> {
                    assertThat(page.objectId()).isEqualTo("91ea");
                    assertThat(page.eventType()).isEqualTo(EventType.CREATED);
                    assertThat(page.attributes())
                            .containsEntry("pageName", "Home")
                            .containsEntry("action", "created");
                })
                .assertNext(page -> {
                    assertThat(page.objectId()).isEqualTo("0aa1");
                    assertThat(page.eventType()).isEqualTo(EventType.UPDATED);
                })
                .assertNext(page -> assertThat(page.eventType()).isEqualTo(EventType.UNKNOWN))
                .expectComplete()
                .verify(GUARD);
    }

    @Test
    void answersAPingAndTellsNobody() {
        assertThat(new GitHub().read(webhook("ping.first.json"), new Settings(Map.of()), RECEIVED_AT))
                .isEqualTo(Intake.Handshake.OK);
    }

    @Test
    void marksTheInstanceWhenItsHookWasRemoved() {
        assertThat(golden("meta.deleted.json").marks()).containsExactly(Mark.WEBHOOK_REMOVED);
        assertThat(golden("repository.deleted.json").marks()).isEmpty();
    }

    @Test
    void knowsARepeatByTheDeliveryIdElseByTheBody() {
        assertThat(golden("issues.opened.json").dedupeKeys()).containsExactly(DELIVERY);

        Intake.Event event = (Intake.Event)
                new GitHub().read(WebhookFixture.json("{}").build(), new Settings(Map.of()), RECEIVED_AT);
        assertThat(event.dedupeKeys())
                .containsExactly("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    }

    @Test
    void keepsABodyThatNamesNoObjectAsUnknown() {
        NormalizedItem item = only(read("teapot", "{\"strength\":418}"));

        assertThat(item.objectType()).isEqualTo("teapot");
        assertThat(item.objectId()).isEqualTo(DELIVERY);
        assertThat(item.eventType()).isEqualTo(EventType.UNKNOWN);
        assertThat(item.date()).isEqualTo(RECEIVED_AT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain|{}|Content-Type: text/plain (expected: application/json or application/x-www-form-urlencoded)",
                "application/json|[]|body: found an array at line 1, column 1 (expected: a JSON object)",
                "application/json|{\"a\":}|body: not JSON at line 1, column 6: Unexpected character",
                "application/x-www-form-urlencoded|a=b|form field payload: missing (expected: once)",
                "application/x-www-form-urlencoded|payload=%7B|form field payload: not JSON at line 1, column 2",
            })
    void saysWhereABodyIsNotWhatItSays(String contentType, String body, String message) {
        WebhookFixture webhook = WebhookFixture.json(body).header("Content-Type", contentType);

        assertThatThrownBy(() -> new GitHub().read(webhook.build(), new Settings(Map.of()), RECEIVED_AT))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void namesAMissingContentType() {
        WebhookFixture webhook = WebhookFixture.json("{}").header("Content-Type");

        assertThatThrownBy(() -> new GitHub().read(webhook.build(), new Settings(Map.of()), RECEIVED_AT))
                .hasMessageStartingWith("Content-Type: none (expected: application/json");
    }

    private static Intake.Event golden(String file) {
        return (Intake.Event) new GitHub().read(webhook(file), new Settings(Map.of()), RECEIVED_AT);
    }

    private static Webhook webhook(String file) {
        return WebhookFixture.json(WebhookFixture.golden("github", file))
                .header("X-GitHub-Event", file.substring(0, file.indexOf('.')))
                .header("X-GitHub-Delivery", DELIVERY)
                .build();
    }

    private static Intake.Event read(String event, String body) {
        return (Intake.Event) new GitHub()
                .read(
                        WebhookFixture.json(body)
                                .header("X-GitHub-Event", event)
                                .header("X-GitHub-Delivery", DELIVERY)
                                .build(),
                        new Settings(Map.of()),
                        RECEIVED_AT);
    }

    private static NormalizedItem only(Intake.Event event) {
        return event.items().single().blockOptional(GUARD).orElseThrow();
    }
}
