package dev.sluice.gateway.delivery.notification;

import dev.sluice.gateway.delivery.egress.Payload;
import dev.sluice.gateway.delivery.egress.SignedRequest;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.account.FailurePolicy;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint wants its notifications: where, with which headers, signed with what, and repeated when. Made once for
 * as long as its instance does not change.
 *
 * @param uri absolute, http or https, without user information
 * @param urlNumber which of its endpoint's URLs that is
 * @param headers those that are the same on every notification
 * @param signer null when no signature key is set
 * @param concurrency calls at once, when the instance limits them itself
 * @param rateLimit calls a second, when the instance limits them
 * @param queuesFailures whether a delivery that failed is not repeated, but waits with all that follow until it is released
 */
public record Callback(
        URI uri,
        int urlNumber,
        HttpHeaders headers,
        @Nullable Signer signer,
        Recipient recipient,
        RetrySchedule schedule,
        OptionalInt concurrency,
        OptionalInt rateLimit,
        boolean queuesFailures) {
    private static final String SETTINGS = "event.notification.";
    private static final String PREVIOUS_UNTIL = "signature.key.previous.until";

    /**
     * Reads the instance's configuration.
     *
     * @param usual the schedule of instances that have none of their own
     * @throws IllegalArgumentException if something in it cannot be understood; the message says what, without secrets
     */
    public static Callback of(Instance instance, Endpoint endpoint, RetrySchedule usual) {
        Map<String, String> configuration = instance.configuration();
        return new Callback(
                uri(endpoint.url()),
                endpoint.urlNumber(),
                fixedHeaders(configuration),
                setting(configuration, "signature.key")
                        .map(key -> new Signer(key, previousKey(configuration)))
                        .orElse(null),
                Recipient.of(instance),
                setting(configuration, "retry.schedule")
                        .map(RetrySchedule::parse)
                        .orElse(usual),
                wholeNumber(configuration, "concurrency"),
                wholeNumber(configuration, "rate.limit"),
                endpoint.failurePolicy() == FailurePolicy.QUEUE);
    }

    private static Optional<String> setting(Map<String, String> configuration, String key) {
        return Optional.ofNullable(configuration.get(SETTINGS + key)).filter(value -> !value.isBlank());
    }

    private static Signer.@Nullable Previous previousKey(Map<String, String> configuration) {
        Instant until =
                setting(configuration, PREVIOUS_UNTIL).map(Callback::instant).orElse(Instant.MAX);
        return setting(configuration, "signature.key.previous")
                .map(key -> new Signer.Previous(key, until))
                .orElse(null);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException notOne) {
            throw new IllegalArgumentException(
                    SETTINGS + PREVIOUS_UNTIL + ": no moment (expected: as in 2026-03-05T10:11:12Z)", notOne);
        }
    }

    private static URI uri(String url) {
        URI uri = URI.create(url);
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    SETTINGS + "callback.url: no plain URL (expected: http or https, a host, no user information)");
        }
        return uri;
    }

    private static OptionalInt wholeNumber(Map<String, String> configuration, String key) {
        Optional<String> text = setting(configuration, key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        int calls = Integer.parseInt(text.get().trim());
        if (calls < 1) {
            throw new IllegalArgumentException(SETTINGS + key + ": " + calls + " (expected: at least 1)");
        }
        return OptionalInt.of(calls);
    }

    private static HttpHeaders fixedHeaders(Map<String, String> configuration) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        headers.set(HttpHeaderNames.USER_AGENT, "Sluice");
        setting(configuration, "basic.username")
                .ifPresent(user -> headers.set(
                        HttpHeaderNames.AUTHORIZATION,
                        basic(user, setting(configuration, "basic.password").orElse(""))));
        setting(configuration, "callback.headers")
                .ifPresent(text -> CallbackHeaders.parse(text).forEach(headers::set));
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        return headers;
    }

    private static String basic(String user, String password) {
        byte[] credentials = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /**
     * Writes and signs the notification for one attempt.
     *
     * @param now when the attempt is made, by the database's clock
     */
    public SignedRequest request(DeliveryId delivery, DeliverableEvent event, Instant now) {
        Payload notification = NotificationWriter.write(delivery, event, recipient);
        String id = delivery.encoded();
        String timestamp = String.valueOf(now.getEpochSecond());
        HttpHeaders all = headers.copy()
                .set("Elements-Webhook-Id", id)
                .set("webhook-id", id)
                .set("webhook-timestamp", timestamp);
        Signer keys = signer;
        if (keys != null) {
            keys.sign(all, id, now, notification);
        }
        return new SignedRequest(all, notification);
    }
}
