package dev.sluice.gateway.console.endpoint;

import dev.sluice.gateway.console.chart.Words;
import dev.sluice.persistence.backlog.EndpointBacklog;
import dev.sluice.persistence.endpoint.EndpointCondition;
import dev.sluice.persistence.endpoint.LastFailure;
import dev.sluice.persistence.endpoint.ListedEndpoint;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Endpoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint and how it does, with what may be done about it.
 *
 * @param line its URL, state and reason
 * @param instance its instance's name
 * @param health how it did in the last hour
 * @param owed how many deliveries wait; empty when none does
 * @param oldest when the oldest of their events was received; empty when none waits
 * @param failingSince since when nothing succeeded; empty when it does
 * @param nextProbe when an open breaker is probed next; empty when it is not open
 * @param lastFailure what the last failed attempt came to; null when none is remembered
 * @param actions which may be done
 */
record EndpointCard(
        long id,
        EndpointLine line,
        long instanceId,
        String instance,
        String element,
        Health health,
        String owed,
        String oldest,
        String failingSince,
        String nextProbe,
        @Nullable Failure lastFailure,
        Actions actions) {

    /**
     * What an attempt came to.
     *
     * @param event whose notification it was
     */
    record Failure(String words, String at, String event) {
        static @Nullable Failure of(long instanceId, @Nullable LastFailure failure) {
            return failure == null
                    ? null
                    : new Failure(
                            failure.words(),
                            failure.at().toString(),
                            new EventId(instanceId, failure.eventId()).encoded());
        }
    }

    /**
     * What may be done about an endpoint.
     *
     * @param reactivate it waits to be reactivated, or to be probed at once
     * @param deactivate it can be held back
     * @param drain something waits that can be sent now
     */
    record Actions(boolean reactivate, boolean deactivate, boolean drain) {
        static Actions of(Endpoint endpoint, boolean owes) {
            boolean deactivated = endpoint.state() == Endpoint.State.DEACTIVATED;
            return new Actions(
                    deactivated || (endpoint.active() && endpoint.breaker() == Endpoint.Breaker.OPEN),
                    endpoint.active(),
                    owes && endpoint.isOwed());
        }
    }

    static EndpointCard of(ListedEndpoint listed, EndpointBacklog backlog, Health health) {
        EndpointCondition condition = listed.condition();
        Endpoint endpoint = condition.endpoint();
        return new EndpointCard(
                endpoint.id(),
                EndpointLine.of(endpoint),
                listed.instanceId(),
                listed.instanceName(),
                listed.elementKey(),
                health,
                backlog.owed() == 0 ? "" : Words.counted(backlog.owed(), EndpointBacklog.COUNTED_MAX),
                time(backlog.oldest()),
                time(condition.failingSince()),
                time(condition.nextProbeAt()),
                Failure.of(listed.instanceId(), condition.lastFailure()),
                Actions.of(endpoint, backlog.owed() > 0));
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : at.toString();
    }
}
