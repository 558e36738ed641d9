package dev.sluice.gateway.tracing;

import dev.sluice.persistence.eventlog.EventId;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends spans to a collector by OTLP over HTTP, in batches and on a thread of its own. What it cannot keep up with is
 * dropped. A span is made when what it tells of is over.
 */
final class OtlpTraces implements Traces, AutoCloseable {
    private static final W3CTraceContextPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();
    private static final AttributeKey<String> EVENT = AttributeKey.stringKey("sluice.event");
    private static final AttributeKey<Long> INSTANCE = AttributeKey.longKey("sluice.instance");
    private static final AttributeKey<Long> ENDPOINT = AttributeKey.longKey("sluice.endpoint");
    private static final AttributeKey<String> DELIVERY = AttributeKey.stringKey("sluice.delivery");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("sluice.attempt");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final int WAITING_MAX = 8_192;

    private final ChosenIds ids = new ChosenIds();
    private final Sampler sampler;
    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Supplier<Duration> flushMax;

    /**
     * @param node which one tells
     * @param flushMax how long the last spans may take when it is closed
     */
    OtlpTraces(TracingSettings settings, String node, Supplier<Duration> flushMax) {
        this.flushMax = flushMax;
        this.sampler = Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampledShare()));
        this.provider = SdkTracerProvider.builder()
                .setIdGenerator(ids)
                .setSampler(sampler)
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "sluice",
                                AttributeKey.stringKey("service.instance.id"),
                                node))))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(settings.otlpEndpoint())
                                .build())
                        .setMaxQueueSize(WAITING_MAX)
                        .build())
                .build();
        this.tracer = provider.get("dev.sluice");
    }

    @Override
    public boolean areTaken() {
        return true;
    }

    @Override
    public void webhook(EventId event, Map<String, String> headers, Instant from, Instant to) {
        SpanBuilder span = tracer.spanBuilder("webhook")
                .setSpanKind(SpanKind.SERVER)
                .setParent(senders(headers))
                .setStartTimestamp(from)
                .setAttribute(EVENT, event.encoded())
                .setAttribute(INSTANCE, event.instanceId());
        ids.begin(span, SpanIds.trace(event), SpanIds.webhook(event)).end(to);
    }

    @Override
    public void handOn(Step attempt, Map<String, String> headers, HttpHeaders into) {
        Context context = Context.root().with(Span.wrap(span(attempt, webhook(attempt, headers))));
        PROPAGATOR.inject(context, into, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.set(name, value);
            }
        });
    }

    @Override
    public void attempt(TracedAttempt attempt, Map<String, String> headers) {
        Step step = attempt.step();
        SpanContext webhook = webhook(step, headers);
        SpanBuilder builder = tracer.spanBuilder("notification")
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Context.root().with(Span.wrap(webhook)))
                .setStartTimestamp(attempt.from())
                .setAttribute(EVENT, step.delivery().eventId().encoded())
                .setAttribute(INSTANCE, step.delivery().eventId().instanceId())
                .setAttribute(ENDPOINT, step.delivery().endpointId())
                .setAttribute(DELIVERY, step.delivery().encoded())
                .setAttribute(ATTEMPT, (long) step.number());
        if (step.number() > 1) {
            builder.addLink(span(new Step(step.delivery(), step.number() - 1), webhook));
        }
        Integer status = attempt.status();
        if (status != null) {
            builder.setAttribute(STATUS, status.longValue());
        }
        String failure = attempt.failure();
        if (failure != null) {
            builder.setAttribute(ERROR, failure);
        }
        Span span = ids.begin(builder, webhook.getTraceId(), SpanIds.attempt(step));
        if (failure != null) {
            span.setStatus(StatusCode.ERROR, failure);
        }
        span.end(attempt.from().plus(attempt.elapsed()));
    }

    /** The span of the webhook that the attempt is for, whichever node has told of it. */
    private SpanContext webhook(Step attempt, Map<String, String> headers) {
        EventId event = attempt.delivery().eventId();
        Context parent = senders(headers);
        SpanContext sender = Span.fromContext(parent).getSpanContext();
        String trace = sender.isValid() ? sender.getTraceId() : SpanIds.trace(event);
        boolean sampled = sampler.shouldSample(parent, trace, "webhook", SpanKind.SERVER, Attributes.empty(), List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
        return SpanContext.create(
                trace,
                SpanIds.webhook(event),
                sampled ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                sender.getTraceState());
    }

    private static SpanContext span(Step attempt, SpanContext webhook) {
        return SpanContext.create(
                webhook.getTraceId(), SpanIds.attempt(attempt), webhook.getTraceFlags(), webhook.getTraceState());
    }

    private static Context senders(Map<String, String> headers) {
        return PROPAGATOR.extract(Context.root(), headers, new KeptHeader());
    }

    /** Sends what waits, for as long as there is time. */
    @Override
    public void close() {
        provider.shutdown().join(flushMax.get().toMillis(), TimeUnit.MILLISECONDS);
    }
}
