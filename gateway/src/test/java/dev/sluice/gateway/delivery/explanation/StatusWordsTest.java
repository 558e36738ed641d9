package dev.sluice.gateway.delivery.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.delivery.Attempt;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusWordsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "101, another protocol",
        "302, Redirects are not followed",
        "400, what it answered may say why",
        "401, other credentials",
        "403, other credentials",
        "404, nothing at that path",
        "405, take a POST",
        "410, until the endpoint is reactivated",
        "413, too large",
        "429, too often",
        "500, failed on its side",
        "503, overloaded"
    })
    void saysWhatCameAndWhatToDo(int status, String advice) {
        assertThat(StatusWords.of(status))
                .startsWith("The callback answered " + status + ". ")
                .contains(advice);
    }

    @Test
    void hasWordsForEveryStatusThatIsNoSuccess() {
        assertThat(IntStream.range(300, 1_000).mapToObj(StatusWords::of).collect(Collectors.toSet()))
                .hasSize(700)
                .allMatch(words -> words.matches("The callback answered \\d{3}\\. .+\\."));
    }

    @Test
    void speaksOfAnAttemptByWhatIsKnownOfIt() {
        assertThat(AttemptWords.of(attempt(204, null))).isNull();
        assertThat(AttemptWords.of(attempt(404, null))).isEqualTo(StatusWords.of(404));
        assertThat(AttemptWords.of(attempt(null, "Nothing listens."))).isEqualTo("Nothing listens.");
    }

    private static Attempt attempt(@Nullable Integer status, @Nullable String error) {
        DeliveryId delivery = new DeliveryId(EventId.of(7, NOW, 1, 1), 3, 0);
        return new Attempt(delivery, 1, NOW, "any", null, status, Duration.ZERO, null, error);
    }
}
