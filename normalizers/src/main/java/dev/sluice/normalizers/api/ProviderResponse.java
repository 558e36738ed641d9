package dev.sluice.normalizers.api;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A provider's answer, read completely.
 *
 * @param status the HTTP status
 * @param body the text, possibly empty
 */
public record ProviderResponse(int status, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the status is 2xx. */
    public boolean isSuccessful() {
        return status >= 200 && status < 300;
    }

    /** The body as JSON; a missing node when it is none. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }

    /** Only the status: a body may hold tokens. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
