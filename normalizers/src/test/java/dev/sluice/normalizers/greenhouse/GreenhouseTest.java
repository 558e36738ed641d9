package dev.sluice.normalizers.greenhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GreenhouseTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    private static final Duration GUARD = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/greenhouse/cases.csv", numLinesToSkip = 1)
    void normalisesByTheTable(String file, String objectType, String objectId, EventType eventType, String date) {
        NormalizedItem item = only(read(golden(file)));

        assertThat(item.objectType()).isEqualTo(objectType);
        assertThat(item.objectId()).isEqualTo(objectId);
        assertThat(item.eventType()).isEqualTo(eventType);
        assertThat(item.date()).isEqualTo(date.equals("received") ? RECEIVED_AT : Instant.parse(date));
    }

    @Test
    void keepsRelatedIds() {
        assertThat(only(read(golden("candidate_stage_change.json"))).attributes())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("action", "candidate_stage_change", "candidateId", "265788", "jobIds", "3485"));
        assertThat(only(read(golden("offer_created.json"))).attributes())
                .containsEntry("applicationId", "265277")
                .containsEntry("jobId", "3485");
        assertThat(only(read(golden("delete_application.json"))).attributes())
                .containsEntry("candidateId", "265788")
                .containsEntry("jobId", "3485");
        assertThat(only(read(golden("merge_candidate.json"))).attributes()).containsEntry("survivorId", "265999");
        assertThat(only(read(golden("new_prospect_application.json"))).attributes())
                .containsEntry("prospect", "true")
                .doesNotContainKey("jobIds");
    }

    @Test
    void answersAPingAndTellsNobody() {
        assertThat(read(golden("ping.json"))).isEqualTo(Intake.Handshake.OK);
    }

    @Test
    void knowsARepeatByTheEventIdHoweverLate() {
        WebhookFixture webhook = golden("job_deleted.json").header("Greenhouse-Event-ID", "4d2f7c52");

        assertThat(dedupeKeys(webhook, RECEIVED_AT)).contains("4d2f7c52").hasSize(4);
        assertThat(dedupeKeys(webhook, RECEIVED_AT.plus(Duration.ofDays(2)))).contains("4d2f7c52");
    }

    /** Greenhouse's last repeat comes 15 hours after the first; what has the same bytes a day later has happened again. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7 * 60 + 59, 8 * 60 - 1, 12 * 60})
    void knowsARepeatByTheBodyForThreeQuartersOfADay(int minutesAfterMidnight) {
        Instant first = RECEIVED_AT.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofMinutes(minutesAfterMidnight));
        List<String> keys = dedupeKeys(golden("job_deleted.json"), first);

        assertThat(dedupeKeys(golden("job_deleted.json"), first.plus(Duration.ofHours(16))))
                .containsAnyElementsOf(keys);
        assertThat(dedupeKeys(golden("job_deleted.json"), first.plus(Duration.ofHours(24))))
                .doesNotContainAnyElementsOf(keys);
        assertThat(dedupeKeys(golden("job_created.json"), first)).doesNotContainAnyElementsOf(keys);
    }

    private static List<String> dedupeKeys(WebhookFixture webhook, Instant receivedAt) {
        return ((Intake.Event) new Greenhouse().read(webhook.build(), new Settings(Map.of()), receivedAt)).dedupeKeys();
    }

    @Test
    void keepsABodyThatNamesNoObjectAsUnknown() {
        NormalizedItem item = only(read(WebhookFixture.json("{\"action\":\"sky_updated\"}")));

        assertThat(item.objectType()).isEqualTo("sky");
        assertThat(item.eventType()).isEqualTo(EventType.UNKNOWN);
    }

    @Test
    void namesNoObjectAfterAFieldWithoutAName() {
        NormalizedItem item =
                only(read(WebhookFixture.json("{\"action\":\"sky_updated\",\"payload\":{\"\":{\"id\":7},\"id\":8}}")));

        assertThat(item.objectType()).isEqualTo("sky");
        assertThat(item.objectId()).isEqualTo("8");
    }

    private static WebhookFixture golden(String file) {
        return WebhookFixture.json(WebhookFixture.golden("greenhouse", file));
    }

    private static Intake read(WebhookFixture webhook) {
        return new Greenhouse().read(webhook.build(), new Settings(Map.of()), RECEIVED_AT);
    }

    private static NormalizedItem only(Intake intake) {
        return ((Intake.Event) intake).items().single().blockOptional(GUARD).orElseThrow();
    }
}
