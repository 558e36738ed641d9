package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.ErrorResponses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Counts webhooks by element and outcome. */
final class IngestMeters {
    private static final String UNKNOWN = "unknown";
    private static final String HUNG_UP = "hung-up";

    private final MeterRegistry registry;
    private final Set<String> elements;
    private final Map<String, Map<String, Counter>> counters = new ConcurrentHashMap<>();

    IngestMeters(MeterRegistry registry, Set<String> elements, ByteBudget budget) {
        this.registry = registry;
        this.elements = elements;
        Gauge.builder("sluice.ingest.held", budget, ByteBudget::held)
                .baseUnit("bytes")
                .description("Memory held by webhooks on their way to the log")
                .register(registry);
    }

    void received(String element, Receipt receipt) {
        count(element, receipt.outcome());
    }

    void refused(String element, Throwable error) {
        count(
                element,
                ErrorResponses.isHangUp(error)
                        ? HUNG_UP
                        : String.valueOf(ErrorResponses.status(error).value()));
    }

    private void count(String element, String outcome) {
        String known = elements.contains(element) ? element : UNKNOWN;
        counters.computeIfAbsent(known, name -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        outcome,
                        name -> Counter.builder("sluice.ingest.webhooks")
                                .description("Webhooks by what became of them")
                                .tag("element", known)
                                .tag("outcome", outcome)
                                .register(registry))
                .increment();
    }
}
