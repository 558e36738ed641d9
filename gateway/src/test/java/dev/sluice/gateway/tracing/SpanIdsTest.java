package dev.sluice.gateway.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SpanIdsTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-05T10:11:12.000123Z");

    @Test
    void areTheSameEachTime() {
        EventId event = EventId.of(4_711, RECEIVED, 3, 9);
        EventId again = EventId.parse(event.encoded()).orElseThrow();

        assertThat(SpanIds.trace(again)).isEqualTo(SpanIds.trace(event)).matches("[0-9a-f]{32}");
        assertThat(SpanIds.webhook(again)).isEqualTo(SpanIds.webhook(event)).matches("[0-9a-f]{16}");
        assertThat(SpanIds.attempt(new Step(new DeliveryId(again, 5, 1), 2)))
                .isEqualTo(SpanIds.attempt(new Step(new DeliveryId(event, 5, 1), 2)))
                .matches("[0-9a-f]{16}");
    }

    @Test
    void differForAllThatDiffers() {
        Set<String> traces = new HashSet<>();
        Set<String> spans = new HashSet<>();
        for (int instance = 0; instance < 10; instance++) {
            for (int sequence = 0; sequence < 100; sequence++) {
                EventId event = EventId.of(instance, RECEIVED, 3, sequence);
                traces.add(SpanIds.trace(event));
                spans.add(SpanIds.webhook(event));
                for (int endpoint = 0; endpoint < 3; endpoint++) {
                    for (int part = 0; part < 3; part++) {
                        for (int number = 1; number < 4; number++) {
                            spans.add(SpanIds.attempt(new Step(new DeliveryId(event, endpoint, part), number)));
                        }
                    }
                }
            }
        }

        assertThat(traces).hasSize(1_000);
        assertThat(spans).hasSize(1_000 * (1 + 27));
    }
}
