package dev.sluice.gateway.providers;

import java.util.Map;

/** What a fake provider answers. */
public record Told(int status, String contentType, String body, Map<String, String> headers) {
    public Told {
        headers = Map.copyOf(headers);
    }

    public static Told json(int status, String body) {
        return new Told(status, "application/json", body, Map.of());
    }

    public static Told redirect(String location) {
        return new Told(302, "text/plain", "", Map.of("Location", location));
    }
}
