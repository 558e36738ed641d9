package dev.sluice.gateway.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rig.trace.TraceCollector;
import dev.sluice.gateway.rig.trace.TraceCollector.Span;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.eventlog.EventId;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A trace as two nodes tell it that know nothing of each other. */
final class OtlpTracesTest {
    private static final Instant ARRIVED = Instant.parse("2026-03-05T10:11:12.000123Z");
    private static final Instant STORED = ARRIVED.plusMillis(7);
    private static final EventId EVENT = EventId.of(4_711, ARRIVED, 3, 9);
    private static final DeliveryId DELIVERY = new DeliveryId(EVENT, 5, 0);
    private static final String SENDERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDERS_SPAN = "00f067aa0ba902b7";

    private final TraceCollector collector = new TraceCollector();

    @AfterEach
    void stop() {
        collector.close();
    }

    private OtlpTraces node(double sampledShare) {
        return new OtlpTraces(
                new TracingSettings(collector.endpoint(), sampledShare), "a node", () -> Duration.ofSeconds(10));
    }

    @Test
    void leadsFromTheWebhookToAnAttemptOnAnotherNodeAndFromThereToTheOneBefore() {
        HttpHeaders handedOn = new DefaultHttpHeaders();
        try (OtlpTraces first = node(1);
                OtlpTraces second = node(1)) {
            first.webhook(EVENT, Map.of(), ARRIVED, STORED);
            first.attempt(attempt(1, 503, "refused"), Map.of());
            second.handOn(new Step(DELIVERY, 2), Map.of(), handedOn);
            second.attempt(attempt(2, 200, null), Map.of());
        }

        Span webhook = only("webhook");
        assertThat(webhook.parent()).isEmpty();
        assertThat(webhook.from()).isEqualTo(ARRIVED);
        assertThat(webhook.to()).isEqualTo(STORED);
        assertThat(webhook.attributes())
                .containsEntry("sluice.event", EVENT.encoded())
                .containsEntry("sluice.instance", "4711");
        Span refused = attemptSpan(1);
        assertThat(refused.failed()).isTrue();
        assertThat(refused.links()).isEmpty();
        assertThat(refused.attributes())
                .containsEntry("http.response.status_code", "503")
                .containsEntry("error.type", "refused");
        Span delivered = attemptSpan(2);
        assertThat(delivered.failed()).isFalse();
        assertThat(delivered.links()).containsExactly(refused.id());
        assertThat(delivered.to()).isEqualTo(delivered.from().plusMillis(12));
        assertThat(List.of(refused, delivered)).allSatisfy(attempt -> {
            assertThat(attempt.trace()).isEqualTo(webhook.trace());
            assertThat(attempt.parent()).isEqualTo(webhook.id());
            assertThat(attempt.attributes())
                    .containsEntry("sluice.delivery", DELIVERY.encoded())
                    .containsEntry("sluice.endpoint", "5");
        });
        assertThat(handedOn.get("traceparent")).isEqualTo("00-%s-%s-01", webhook.trace(), delivered.id());
    }

    @Test
    void goesOnWithTheSendersTrace() {
        Map<String, String> headers =
                Map.of("Traceparent", "00-" + SENDERS_TRACE + "-" + SENDERS_SPAN + "-01", "tracestate", "vendor=7");
        HttpHeaders handedOn = new DefaultHttpHeaders();
        try (OtlpTraces traces = node(0)) {
            traces.webhook(EVENT, headers, ARRIVED, STORED);
            traces.handOn(new Step(DELIVERY, 1), headers, handedOn);
            traces.attempt(attempt(1, 200, null), headers);
        }

        Span webhook = only("webhook");
        assertThat(webhook.trace()).isEqualTo(SENDERS_TRACE);
        assertThat(webhook.parent()).isEqualTo(SENDERS_SPAN);
        assertThat(attemptSpan(1).parent()).isEqualTo(webhook.id());
        assertThat(handedOn.get("traceparent"))
                .isEqualTo("00-%s-%s-01", SENDERS_TRACE, attemptSpan(1).id());
        assertThat(handedOn.get("tracestate")).isEqualTo("vendor=7");
    }

    @Test
    void beginsATraceOfItsOwnWhereTheSendersIsNone() {
        try (OtlpTraces traces = node(1)) {
            traces.webhook(EVENT, Map.of("traceparent", "00-zzz-1-01"), ARRIVED, STORED);
        }

        assertThat(only("webhook").trace()).isEqualTo(SpanIds.trace(EVENT));
    }

    @Test
    void tellsOfTheShareOfTracesThatIsAskedForAndOfTheseAll() {
        int events = 1_000;
        try (OtlpTraces first = node(0.25);
                OtlpTraces second = node(0.25)) {
            for (int sequence = 0; sequence < events; sequence++) {
                EventId event = EventId.of(4_711, ARRIVED, 3, sequence);
                first.webhook(event, Map.of(), ARRIVED, STORED);
                Step step = new Step(new DeliveryId(event, 5, 0), 1);
                second.attempt(new TracedAttempt(step, STORED, Duration.ofMillis(1), 200, null), Map.of());
            }
        }

        List<String> webhooks = traces("webhook");
        assertThat(webhooks).hasSizeBetween(180, 320);
        assertThat(traces("notification")).containsExactlyInAnyOrderElementsOf(webhooks);
    }

    @Test
    void tellsTheCallbackNotToTraceWhatIsNotTold() {
        HttpHeaders handedOn = new DefaultHttpHeaders();
        try (OtlpTraces traces = node(0)) {
            traces.handOn(new Step(DELIVERY, 1), Map.of(), handedOn);
        }

        assertThat(handedOn.get("traceparent"))
                .startsWith("00-" + SpanIds.trace(EVENT))
                .endsWith("-00");
    }

    private static TracedAttempt attempt(int number, int status, @Nullable String failure) {
        return new TracedAttempt(
                new Step(DELIVERY, number), STORED.plusSeconds(number), Duration.ofMillis(12), status, failure);
    }

    private List<String> traces(String name) {
        return collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .map(Span::trace)
                .toList();
    }

    private Span only(String name) {
        List<Span> all = collector.spans().stream()
                .filter(span -> span.name().equals(name))
                .toList();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private Span attemptSpan(int number) {
        List<Span> all = collector.await("sluice.attempt", String.valueOf(number), 1);
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
