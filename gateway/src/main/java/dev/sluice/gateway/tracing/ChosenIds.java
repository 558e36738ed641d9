package dev.sluice.gateway.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets a span begin with ids that are chosen for it, where the library would draw them. */
final class ChosenIds implements IdGenerator {
    private static final ThreadLocal<@Nullable Chosen> NEXT = new ThreadLocal<>();

    private record Chosen(String trace, String span) {}

    /** Begins the span, whose parent has to be set; one without a parent begins that trace. */
    Span begin(SpanBuilder builder, String trace, String span) {
        NEXT.set(new Chosen(trace, span));
        try {
            return builder.startSpan();
        } finally {
            NEXT.remove();
        }
    }

    @Override
    public String generateSpanId() {
        return chosen().span();
    }

    @Override
    public String generateTraceId() {
        return chosen().trace();
    }

    private Chosen chosen() {
        return Objects.requireNonNull(NEXT.get(), "ids are chosen before a span begins");
    }
}
