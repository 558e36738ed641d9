package dev.sluice.gateway.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.delivery.egress.Payload;
import dev.sluice.gateway.delivery.egress.SignedRequest;
import dev.sluice.gateway.delivery.notification.Signer;
import dev.sluice.persistence.notice.Notice;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A notice on its way: the shape and the signatures of a notification, with a topic of its own. */
final class NoticeRequest {
    private static final JsonMapper JSON = JsonMapper.shared();

    private NoticeRequest() {}

    static SignedRequest of(Notice notice, Instant now) {
        String id = notice.id().toString();
        String timestamp = String.valueOf(now.getEpochSecond());
        Payload payload = new Payload(JSON.writeValueAsString(body(notice)).getBytes(UTF_8), 0, new byte[0]);
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory()
                .newHeaders()
                .set(HttpHeaderNames.USER_AGENT, "Sluice")
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set("Elements-Webhook-Id", id)
                .set("webhook-id", id)
                .set("webhook-timestamp", timestamp);
        String key = notice.target().key();
        if (key != null) {
            new Signer(key, null).sign(headers, id, now, payload);
        }
        return new SignedRequest(headers, payload);
    }

    private static ObjectNode body(Notice notice) {
        ObjectNode body = JSON.createObjectNode();
        body.put("id", notice.id().toString());
        body.put(
                "createdDate", notice.createdAt().truncatedTo(ChronoUnit.MILLIS).toString());
        body.put("topic", notice.topic());
        body.put("severity", "high");
        body.put("action", "update");
        body.put("user", "sluice");
        body.set("message", JSON.readTree(notice.message()));
        return body;
    }
}
