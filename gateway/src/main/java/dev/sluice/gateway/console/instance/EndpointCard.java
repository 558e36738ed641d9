package dev.sluice.gateway.console.instance;

import dev.sluice.persistence.endpoint.EndpointCondition;
import dev.sluice.persistence.instance.Endpoint;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint and how it does, with what may be done about it.
 *
 * @param line its URL, state and reason
 * @param failingSince since when nothing succeeded; empty when it does
 * @param nextProbe when an open breaker is probed next; empty when it is not open
 * @param lastError what the callback last came to; empty when all is well
 * @param canReactivate whether it waits to be reactivated, or to be probed at once
 * @param canDeactivate whether it can be held back
 */
record EndpointCard(
        long id,
        EndpointLine line,
        String failingSince,
        String nextProbe,
        String lastError,
        boolean canReactivate,
        boolean canDeactivate) {
    static EndpointCard of(EndpointCondition condition) {
        Endpoint endpoint = condition.endpoint();
        boolean deactivated = endpoint.state() == Endpoint.State.DEACTIVATED;
        return new EndpointCard(
                endpoint.id(),
                EndpointLine.of(endpoint),
                time(condition.failingSince()),
                time(condition.nextProbeAt()),
                Objects.requireNonNullElse(condition.lastError(), ""),
                deactivated || (endpoint.active() && endpoint.breaker() == Endpoint.Breaker.OPEN),
                endpoint.active());
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }
}
