package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ingest.CallbackServer.Notification;
import dev.sluice.gateway.ingest.GatewayClient.Instance;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.trace.TraceCollector;
import dev.sluice.gateway.rig.trace.TraceCollector.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that takes traces, seen by a sender, a callback and a collector. */
final class TracesIT {
    private static final String KEY = Planted.secret("vendor");
    private static final String SENDERS_TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDERS_SPAN = "00f067aa0ba902b7";

    @Test
    void leadFromTheSenderToTheCallbackAndThroughARepeat(@TempDir Path directory) {
        try (TraceCollector collector = new TraceCollector();
                CallbackServer callback = new CallbackServer();
                LocalGateway gateway =
                        new LocalGateway(directory, "--sluice.tracing.otlp-endpoint=" + collector.endpoint())) {
            GatewayClient client = gateway.client();
            Instance instance = client.provision(
                    "greenhouse",
                    callback,
                    Map.of("event.vendor.signature.key", KEY, "event.notification.retry.schedule", "100ms,60s"));
            callback.refuseOneOf(instance.id());
            post(client, instance);

            List<Notification> notifications = callback.await(instance.id(), 2);
            List<Span> spans = collector.await("sluice.instance", String.valueOf(instance.id()), 3);
            Span webhook = named("webhook", spans).get(0);
            assertThat(webhook.trace()).isEqualTo(SENDERS_TRACE);
            assertThat(webhook.parent()).isEqualTo(SENDERS_SPAN);
            assertThat(webhook.to()).isAfterOrEqualTo(webhook.from());
            List<Span> attempts = named("notification", spans);
            assertThat(attempts)
                    .extracting(attempt -> attempt.attributes().get("http.response.status_code"))
                    .containsExactly("500", "200");
            assertThat(attempts.get(1).links()).containsExactly(attempts.get(0).id());
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThat(attempts.get(attempt).parent()).isEqualTo(webhook.id());
                assertThat(notifications.get(attempt).headers().allValues("traceparent"))
                        .containsExactly("00-%s-%s-01"
                                .formatted(SENDERS_TRACE, attempts.get(attempt).id()));
            }
        }
    }

    private static void post(GatewayClient client, Instance instance) {
        byte[] body = "{\"action\":\"job_created\",\"payload\":{\"job\":{\"id\":4711}}}".getBytes(UTF_8);
        String traceparent = "00-%s-%s-01".formatted(SENDERS_TRACE, SENDERS_SPAN);
        assertThat(client.post(
                                instance.webhookUrl(),
                                body,
                                "Content-Type",
                                "application/json",
                                "Signature",
                                "sha256 " + Signed.hex(KEY, body),
                                "traceparent",
                                traceparent)
                        .statusCode())
                .isEqualTo(200);
    }

    private static List<Span> named(String name, List<Span> spans) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }
}
