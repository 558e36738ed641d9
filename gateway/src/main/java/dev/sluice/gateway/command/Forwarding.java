package dev.sluice.gateway.command;

import dev.sluice.gateway.delivery.egress.Payload;
import dev.sluice.gateway.delivery.notification.Signer;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends notifications to a server as the gateway would, with the same headers and the same id.
 *
 * @param target where to
 * @param key they are signed with; empty for none
 */
record Forwarding(URI target, String key, Clock clock) {

    Forwarding {
        boolean web = "http".equals(target.getScheme()) || "https".equals(target.getScheme());
        if (!web || target.getHost() == null) {
            throw new CommandFailedException(
                    "--forward-to: " + target + " (expected: as in http://localhost:3000/webhooks)");
        }
    }

    /** Sends one, without what only the API says of it; the line that says what came of it. */
    String forward(JsonNode notification) {
        ObjectNode sent = ((ObjectNode) notification).deepCopy();
        sent.remove("from");
        sent.remove("active");
        sent.remove("acknowledged");
        String id = sent.path("id").asString();
        byte[] body = JsonMapper.shared().writeValueAsBytes(sent);
        HttpRequest.Builder request = HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers(id, body).forEach(header -> request.header(header.getKey(), header.getValue()));
        long began = System.nanoTime();
        String status;
        try {
            status = String.valueOf(Http.send(request).statusCode());
        } catch (IOException away) {
            status = "no answer";
        }
        return status + "  " + Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms  " + id + "  "
                + items(sent);
    }

    private HttpHeaders headers(String id, byte[] body) {
        Instant now = clock.instant();
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("Content-Type", "application/json")
                .set("Elements-Webhook-Id", id)
                .set("webhook-id", id)
                .set("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        if (!key.isBlank()) {
            new Signer(key, null).sign(headers, id, now, new Payload(new byte[0], 0, body));
        }
        return headers;
    }

    private static String items(JsonNode notification) {
        StringBuilder items = new StringBuilder();
        for (JsonNode item : notification.path("message").path("events")) {
            items.append(items.isEmpty() ? "" : ", ")
                    .append(item.path("objectType").asString(""))
                    .append(' ')
                    .append(item.path("objectId").asString(""))
                    .append(' ')
                    .append(item.path("eventType").asString(""));
        }
        return items.toString();
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Forwarding[" + target + "]";
    }
}
