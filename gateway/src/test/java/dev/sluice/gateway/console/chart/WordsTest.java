package dev.sluice.gateway.console.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
    @ParameterizedTest
    @CsvSource({"0, 3, 0 %", "3, 3, 100 %", "99999, 100000, 99.9 %", "1, 100000, 0.1 %", "1, 3, 33.3 %"})
    void roundsNothingAwayThatMatters(long part, long whole, String words) {
        assertThat(Words.percent(part, whole)).isEqualTo(words);
    }

    @Test
    void saysFiguresInUnitsThatCanBeRead() {
        assertThat(Words.rate(59)).isEqualTo("59 a minute");
        assertThat(Words.rate(60_000)).isEqualTo("1,000 a second");
        assertThat(Words.took(Duration.ofNanos(1_500_000))).isEqualTo("1.5 ms");
        assertThat(Words.took(Duration.ofMillis(250))).isEqualTo("250 ms");
        assertThat(Words.took(Duration.ofMillis(12_340))).isEqualTo("12.3 s");
        assertThat(Words.age(Duration.ofSeconds(-1))).isEqualTo("0 s");
        assertThat(Words.age(Duration.ofMinutes(119))).isEqualTo("119 min");
        assertThat(Words.age(Duration.ofHours(47))).isEqualTo("47 h");
        assertThat(Words.age(Duration.ofDays(6))).isEqualTo("6 days");
        assertThat(Words.counted(1_000, 1_000)).isEqualTo("at least 1,000");
    }

    @Test
    void drawsNoFailureWhereNothingFailed() {
        List<Double> none = List.of(0.0, 0.0);
        assertThat(Chart.of(
                                "label",
                                Chart::perMinute,
                                new Series("attempts", "", "", true, none),
                                new Series("failed", "", "bad", false, none))
                        .curves())
                .extracting(Curve::line)
                .containsExactly("M0,100.0L1,100.0", "");
    }

    @Test
    void leavesTheScaleOfNothingWithoutWords() {
        assertThat(Chart.of("label", Chart::perMinute, new Series("one", "", "", true, List.of(0.0, 0.0)))
                        .top())
                .isEmpty();
    }

    @Test
    void drawsEachMinuteWhereItBelongs() {
        Instant now = Instant.parse("2026-11-28T10:59:30Z");
        LastHour hour = LastHour.until(now);
        List<Double> values = hour.values(
                Map.of(
                        Instant.parse("2026-11-28T10:00:00Z"), 4.0,
                        Instant.parse("2026-11-28T10:59:00Z"), 2.0,
                        Instant.parse("2026-11-28T09:59:00Z"), 99.0),
                Double::doubleValue);

        assertThat(values).hasSize(LastHour.MINUTES).startsWith(4.0, 0.0).endsWith(0.0, 2.0);
        Chart chart = Chart.of(
                "label",
                Chart::perMinute,
                new Series("one", "6", "", true, values),
                new Series("other", "", "bad", false, values));
        assertThat(chart.top()).isEqualTo("4 a minute");
        assertThat(chart.curves())
                .extracting(Curve::name, Curve::dashed)
                .containsExactly(tuple("one", false), tuple("other", true));
        Curve curve = chart.curves().get(0);
        assertThat(curve.line()).startsWith("M0,0.0L1,100.0L").endsWith("L58,100.0L59,50.0");
        assertThat(curve.area()).endsWith("L59,100L0,100Z");
    }
}
