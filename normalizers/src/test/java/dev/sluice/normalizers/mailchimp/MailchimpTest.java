package dev.sluice.normalizers.mailchimp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.MalformedBodyException;
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

final class MailchimpTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    private static final Duration GUARD = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/mailchimpv3/cases.csv", numLinesToSkip = 1)
    void normalisesByTheTable(String file, String objectType, String objectId, EventType eventType, Instant date) {
        NormalizedItem item = only(read(golden(file)));

        assertThat(item.objectType()).isEqualTo(objectType);
        assertThat(item.objectId()).isEqualTo(objectId);
        assertThat(item.eventType()).isEqualTo(eventType);
        assertThat(item.date()).isEqualTo(date);
        assertThat(item.attributes()).containsEntry("listId", "a6b5da1054");
    }

    @Test
    void givesBothIdsOfAContact() {
        assertThat(only(read(golden("subscribe.form"))).attributes())
                .containsEntry("subscriberHash", "3e3417d7ef77d5932a6734b916515ed5")
                .containsEntry("email", "Ada@example.com")
                .containsEntry("ipOpt", "192.0.2.7");
        assertThat(only(read(golden("upemail.form"))).attributes())
                .containsEntry("subscriberHash", "3e3417d7ef77d5932a6734b916515ed5")
                .containsEntry("oldEmail", "ada@old.example.com")
                .containsEntry("newEmail", "ada@example.com");
    }

    @Test
    void givesTheFormAsTheObjectItMeans() {
        byte[] form = WebhookFixture.golden("mailchimpv3", "subscribe.form");

        assertThat(new Mailchimp().raw("application/x-www-form-urlencoded", form))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"type\":\"subscribe\",\"fired_at\":\"2026-03-05 10:11:12\",\"data\":{"
                        + "\"id\":\"8a25ff1d98\",\"list_id\":\"a6b5da1054\",\"email\":\"Ada@example.com\","
                        + "\"email_type\":\"html\",\"ip_opt\":\"192.0.2.7\",\"web_id\":\"3375995\",\"merges\":{"
                        + "\"EMAIL\":\"ada@example.com\",\"FNAME\":\"Ada\",\"LNAME\":\"\","
                        + "\"ADDRESS\":{\"city\":\"Zürich\"},\"GROUPINGS\":["
                        + "{\"id\":\"1\",\"groups\":\"News, Tips\"},{\"id\":\"2\",\"groups\":\"\"}]}}}");
    }

    @Test
    void answersTheGetThatChecksTheUrl() {
        assertThat(read(WebhookFixture.get())).isEqualTo(Intake.Handshake.OK);
    }

    @Test
    void knowsARepeatByTheBody() {
        assertThat(((Intake.Event) read(golden("profile.form"))).dedupeKeys())
                .singleElement()
                .asString()
                .startsWith("sha256:");
    }

    @Test
    void keepsAFormThatNamesNothingAsUnknown() {
        NormalizedItem item = only(read(WebhookFixture.form("a=b")));

        assertThat(item.objectType()).isEqualTo("unknown");
        assertThat(item.eventType()).isEqualTo(EventType.UNKNOWN);
        assertThat(item.date()).isEqualTo(RECEIVED_AT);
    }

    @Test
    void refusesJson() {
        assertThatThrownBy(() -> read(WebhookFixture.json("{}")))
                .isInstanceOf(MalformedBodyException.class)
                .hasMessage("Content-Type: application/json (expected: application/x-www-form-urlencoded)");
    }

    private static WebhookFixture golden(String file) {
        return WebhookFixture.form(WebhookFixture.golden("mailchimpv3", file));
    }

    private static Intake read(WebhookFixture webhook) {
        return new Mailchimp().read(webhook.build(), new Settings(Map.of()), RECEIVED_AT);
    }

    private static NormalizedItem only(Intake intake) {
        return ((Intake.Event) intake).items().single().blockOptional(GUARD).orElseThrow();
    }
}
