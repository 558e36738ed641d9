package dev.sluice.normalizers.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "2019-05-15T15:20:41Z, 2019-05-15T15:20:41Z",
        "2019-05-15T15:19:25-05:00, 2019-05-15T20:19:25Z",
        "2019-05-15T15:19:25+0530, 2019-05-15T09:49:25Z",
        "2026-03-05T10:11:12.555Z, 2026-03-05T10:11:12.555Z",
        "2026-03-05T10:11:12.123456789+01:00, 2026-03-05T09:11:12.123456789Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    })
    void readsIsoDatesAsUtc(String text, Instant expected) {
        assertThat(Timestamps.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2019-05-15",
                "2019-05-15T15:20:41",
                "2019-05-15 15:20:41Z",
                "2019-02-30T15:20:41Z",
                "2019-05-15T25:20:41Z",
                "2019-05-15T15:20:41.Z",
                "2019-05-15T15:20:41.1234567890Z",
                "2019-05-15T15:20:41Zulu",
                "2019-05-15T15:20:41+19:00",
                "2019-05-15T15:20:41+1",
                "2019-05-15T15:20:41.123",
                "2019-05-15T15:20:41x",
                "04/15/2013 00:00:00.000Z",
                "٢٠١٩-05-15T15:20:41Z",
            })
    void answersNullForAnythingElse(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }

    @Test
    void readsUnixSecondsUpToTheYear9999() {
        assertThat(Timestamps.ofUnixSeconds("1557933565")).isEqualTo("2019-05-15T15:19:25Z");
        assertThat(Timestamps.ofUnixSeconds("253402300799")).isEqualTo("9999-12-31T23:59:59Z");
        assertThat(Timestamps.ofUnixSeconds("253402300800")).isNull();
        assertThat(Timestamps.ofUnixSeconds("-1")).isNull();
        assertThat(Timestamps.ofUnixSeconds("1.5")).isNull();
        assertThat(Timestamps.ofUnixSeconds("")).isNull();
    }

    @Test
    void readsDatesWithoutZoneAsUtc() {
        assertThat(Timestamps.parseUtcWithoutZone("2026-03-05 10:11:12")).isEqualTo("2026-03-05T10:11:12Z");
        assertThat(Timestamps.parseUtcWithoutZone("2026-03-05T10:11:12")).isNull();
        assertThat(Timestamps.parseUtcWithoutZone("2026-03-05 10:11:1")).isNull();
        assertThat(Timestamps.parseUtcWithoutZone("2026-13-05 10:11:12")).isNull();
    }
}
