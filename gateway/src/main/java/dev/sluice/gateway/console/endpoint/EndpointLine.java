package dev.sluice.gateway.console.endpoint;

import dev.sluice.persistence.instance.Endpoint;
import java.util.Locale;
import java.util.Objects;

/**
 * A callback URL and how it does.
 *
 * @param tone the colour of the state
 * @param reason why it gets nothing; empty when it does
 */
public record EndpointLine(String url, String state, String tone, String reason) {
    /** The line of an endpoint. */
    public static EndpointLine of(Endpoint endpoint) {
        boolean calm = endpoint.active() && endpoint.breaker() == Endpoint.Breaker.CLOSED;
        String state = endpoint.active() && !calm
                ? "breaker " + endpoint.breaker().name().toLowerCase(Locale.ROOT)
                : endpoint.state().name().toLowerCase(Locale.ROOT);
        return new EndpointLine(
                endpoint.url(),
                state,
                calm ? "good" : endpoint.active() ? "warn" : "bad",
                Objects.requireNonNullElse(endpoint.reason(), ""));
    }
}
