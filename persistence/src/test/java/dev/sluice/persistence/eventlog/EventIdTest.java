package dev.sluice.persistence.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EventIdTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-23T10:20:30.123456Z");

    @Test
    void holdsTheTimeOfReceiptToTheMicrosecond() {
        assertThat(EventId.of(4711, RECEIVED_AT, 3, 42).receivedAt()).isEqualTo(RECEIVED_AT);
    }

    @Test
    void keepsEpochAndSequenceAtTheirLimits() {
        EventId last = EventId.of(1, RECEIVED_AT, (1 << 22) - 1, (1L << 40) - 1);

        assertThat(last.id()).hasToString(last.id().toString().toLowerCase(java.util.Locale.ROOT));
        assertThat(last.id().version()).isEqualTo(7);
        assertThat(last.id().variant()).isEqualTo(2);
        assertThat(last).isNotEqualTo(EventId.of(1, RECEIVED_AT, (1 << 22) - 2, (1L << 40) - 1));
        assertThat(last).isNotEqualTo(EventId.of(1, RECEIVED_AT, (1 << 22) - 1, (1L << 40) - 2));
    }

    @Test
    void sortsByTimeOfReceipt() {
        String earlier = EventId.of(1, RECEIVED_AT, 9, 9).id().toString();
        String later = EventId.of(1, RECEIVED_AT.plusNanos(1_000), 1, 1).id().toString();

        assertThat(earlier).isLessThan(later);
    }

    @Test
    void readsItsPublicNameBack() {
        EventId id = EventId.of((1L << 53) - 1, RECEIVED_AT, 3, 42);

        assertThat(id.encoded()).hasSize(32).matches("[A-Za-z0-9_-]+");
        assertThat(EventId.parse(id.encoded())).contains(id);
    }

    @Test
    void refusesNamesThatAreNotOurs() {
        assertThat(EventId.parse("")).isEmpty();
        assertThat(EventId.parse("12345")).isEmpty();
        assertThat(EventId.parse("A".repeat(32))).isEmpty();
        assertThat(EventId.parse("!".repeat(32))).isEmpty();
    }
}
