package dev.sluice.gateway.console.instance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.persistence.instance.Instance;
import io.netty.buffer.Unpooled;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Posts sample webhooks to this very gateway, by the door that providers use: nothing about them is special inside. */
final class SampleSender {
    private static final String EVENTS = "/elements/api-v2/events/";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.create().responseTimeout(PATIENCE);
    private final Environment environment;

    /** @param environment knows the port once the server listens */
    SampleSender(Environment environment) {
        this.environment = environment;
    }

    /** The status that the webhook was answered with. */
    Mono<Integer> send(Instance instance, SampleWebhook webhook) {
        return Mono.defer(() -> http.headers(headers -> webhook.headers().forEach(headers::set))
                .post()
                .uri(url(instance, webhook))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(webhook.bodyBytes())))
                .response()
                .map(answer -> answer.status().code()));
    }

    private String url(Instance instance, SampleWebhook webhook) {
        String query = webhook.query().entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return "http://localhost:" + environment.getProperty("local.server.port") + EVENTS + instance.elementKey() + "/"
                + WebhookAddress.encodedId(instance.id()) + (query.isEmpty() ? "" : "?" + query);
    }
}
