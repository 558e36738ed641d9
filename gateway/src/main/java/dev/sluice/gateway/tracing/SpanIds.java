package dev.sluice.gateway.tracing;

import dev.sluice.persistence.eventlog.EventId;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.util.UUID;

/**
 * Ids of traces and spans, made of what they tell of: the same on every node and in every run. Their bits are mixed well,
 * because a share of traces is chosen by them.
 */
final class SpanIds {
    /** Odd, its bits in no order: the golden ratio's. */
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private SpanIds() {}

    /** Of the trace that begins with the event. */
    static String trace(EventId event) {
        long one = hash(event);
        return TraceId.fromLongs(one, mix(one + GOLDEN));
    }

    /** Of an event's webhook. */
    static String webhook(EventId event) {
        return span(hash(event) ^ GOLDEN);
    }

    /** Of an attempt. */
    static String attempt(Step step) {
        long delivery = mix(hash(step.delivery().eventId()) + step.delivery().endpointId() * GOLDEN);
        return span(mix(delivery + step.delivery().part()) + step.number());
    }

    private static String span(long value) {
        long mixed = mix(value);
        // All zeros is no id.
        return SpanId.fromLong(mixed == 0 ? 1 : mixed);
    }

    private static long hash(EventId event) {
        UUID id = event.id();
        return mix(mix(event.instanceId() + GOLDEN) ^ mix(id.getMostSignificantBits()) + id.getLeastSignificantBits());
    }

    /** One bit of the value changes half of the result's: the finaliser of SplitMix64. */
    private static long mix(long value) {
        long first = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return second ^ (second >>> 31);
    }
}
