package dev.sluice.persistence.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WatermarkTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

    private final DatabaseClock clock = new DatabaseClock();
    private final Watermark watermark = new Watermark(clock);

    @Test
    void staysAtTheOldestGroupWhileALaterOneIsAccountedFor() {
        clock.observe(START, System.nanoTime());
        Watermark.Group first = watermark.open();
        clock.observe(START.plusSeconds(10), System.nanoTime());
        Watermark.Group second = watermark.open();
        second.committed(10, 1);
        clock.observe(START.plusSeconds(20), System.nanoTime());

        watermark.accounted(10);
        assertThat(watermark.low()).isEqualTo(START);

        first.committed(0, 1);
        assertThat(watermark.low()).isEqualTo(START);

        watermark.accounted(0);
        assertThat(watermark.low()).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void countsAGroupFromBeforeItBegins() {
        clock.observe(START, System.nanoTime());
        Watermark.Group group = watermark.open();
        clock.observe(START.plusSeconds(60), System.nanoTime());

        assertThat(watermark.low()).isEqualTo(START);

        group.aborted();
        assertThat(watermark.low()).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void waitsForEveryDeliveryOfAGroup() {
        clock.observe(START, System.nanoTime());
        watermark.open().committed(100, 3);
        clock.observe(START.plusSeconds(1), System.nanoTime());

        watermark.accounted(100);
        watermark.accounted(102);
        assertThat(watermark.unaccounted()).isEqualTo(1);
        assertThat(watermark.low()).isEqualTo(START);

        watermark.accounted(101);
        assertThat(watermark.unaccounted()).isZero();
        assertThat(watermark.low()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void needsNoAccountForEventsThatNobodyIsOwed() {
        clock.observe(START, System.nanoTime());
        watermark.open().committed(5, 0);
        clock.observe(START.plus(Duration.ofHours(1)), System.nanoTime());

        assertThat(watermark.low()).isEqualTo(START.plus(Duration.ofHours(1)));
    }
}
