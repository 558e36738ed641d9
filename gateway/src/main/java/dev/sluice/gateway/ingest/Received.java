package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.body.FormBody;
import dev.sluice.persistence.eventlog.Body;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * A webhook that has arrived whole.
 *
 * @param query as it stands in the URL, empty when there is none
 * @param headers those to be stored
 * @param at when, by the database's clock as this node knows it
 */
record Received(Webhook webhook, String query, Map<String, String> headers, Instant at) {

    /** The media type to be stored. */
    String contentType() {
        return isQueryOnly() ? FormBody.MEDIA_TYPE : webhook.mediaType();
    }

    /** The bytes to be stored: those received, or the query of a webhook that has nothing else, which is a form. */
    Body content() {
        return new Body(isQueryOnly() ? query.getBytes(StandardCharsets.UTF_8) : webhook.body());
    }

    private boolean isQueryOnly() {
        return webhook.body().length == 0
                && !query.isEmpty()
                && !webhook.method().equals("POST");
    }

    /** The same with only a part of it. */
    Received with(Webhook part) {
        return new Received(part, query, headers, at);
    }
}
