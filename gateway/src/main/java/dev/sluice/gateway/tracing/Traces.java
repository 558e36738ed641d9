package dev.sluice.gateway.tracing;

import dev.sluice.persistence.eventlog.EventId;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Map;

/**
 * Tells a collector how webhooks become notifications. The headers are always those that the webhook came with: one that
 * has {@code traceparent} goes on with its sender's trace.
 */
public interface Traces {

    /** Whether anybody is told; if not, there is no need to ask for the rest. */
    boolean areTaken();

    /**
     * A webhook is stored.
     *
     * @param from when it had arrived whole
     * @param to when it was committed
     */
    void webhook(EventId event, Map<String, String> headers, Instant from, Instant to);

    /** Writes into a notification's headers which span of which trace it comes from. */
    void handOn(Step attempt, Map<String, String> headers, HttpHeaders into);

    /** An attempt is over. */
    void attempt(TracedAttempt attempt, Map<String, String> headers);
}
