package dev.sluice.gateway.delivery.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.sluice.gateway.delivery.egress.Payload;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final String BODY = "{\"id\":\"ü\"}";
    private static final String ID = "msg_1";
    /** One second for signing and verifying; the library wants a recent one. */
    @SuppressWarnings("TimeInStaticInitializer")
    private static final Instant NOW = Instant.ofEpochMilli(System.currentTimeMillis());

    private static final String STANDARD_KEY =
            "whsec_" + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8));

    @Test
    void matchesTheOriginalsPublishedVector() {
        Payload sample = notification("<INSERT_EVENT_NOTIFICATION_RESPONSE_BODY>");

        assertThat(new Signer("MySecretEventSignatureKey", null).elementsSignature(sample))
                .isEqualTo("sha256=jHdbRx5EZAsOfTwAPJOGkNUzQMVVdu5VJlxcsk+G6jQ=");
    }

    @Test
    void isAcceptedByTheStandardsOwnLibraryWithAStandardKey() {
        String signature = sign(STANDARD_KEY, null);

        assertThatCode(() -> verify(STANDARD_KEY, signature)).doesNotThrowAnyException();
    }

    @Test
    void signsWithTheCharactersOfAnyOtherKey() {
        String key = "not base64 at all: ü";
        String signature = sign(key, null);

        assertThatCode(() -> verify(base64(key), signature)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(STANDARD_KEY, signature)).isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void signsWithTheCharactersOfAKeyThatOnlyLooksStandard() {
        String key = "whsec_***";
        String signature = sign(key, null);

        assertThatCode(() -> verify(base64(key), signature)).doesNotThrowAnyException();
    }

    @Test
    void isAcceptedWithEitherKeyWhileOneReplacesTheOther() {
        String signature = sign("new key", STANDARD_KEY);

        assertThatCode(() -> verify(base64("new key"), signature)).doesNotThrowAnyException();
        assertThatCode(() -> verify(STANDARD_KEY, signature)).doesNotThrowAnyException();
    }

    @Test
    void signsWithThePreviousKeyUntilItsEndAndNotAfter() {
        Signer signer = new Signer("new key", new Signer.Previous(STANDARD_KEY, NOW.plusSeconds(60)));

        assertThat(signatures(signer, NOW.plusMillis(59_999))).hasSize(2);
        assertThat(signatures(signer, NOW.plusSeconds(60)))
                .containsExactlyElementsOf(signatures(new Signer("new key", null), NOW.plusSeconds(60)));
    }

    private static List<String> signatures(Signer signer, Instant now) {
        return List.of(signer.standardSignature(ID, now, notification(BODY)).split(" "));
    }

    private static String sign(String key, @Nullable String previous) {
        Signer.Previous until = previous == null ? null : new Signer.Previous(previous, Instant.MAX);
        return new Signer(key, until).standardSignature(ID, NOW, notification(BODY));
    }

    private static void verify(String key, String signature)
            throws WebhookVerificationException, EmptyWebhookSecretException {
        Map<String, List<String>> headers = Map.of(
                "webhook-id", List.of(ID),
                "webhook-timestamp", List.of(String.valueOf(NOW.getEpochSecond())),
                "webhook-signature", List.of(signature));
        new Webhook(key).verify(BODY, HttpHeaders.of(headers, (name, value) -> true));
    }

    private static String base64(String key) {
        return Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
    }

    private static Payload notification(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return new Payload(new byte[] {bytes[0], bytes[bytes.length - 1]}, 1, inner(bytes));
    }

    private static byte[] inner(byte[] bytes) {
        return Arrays.copyOfRange(bytes, 1, bytes.length - 1);
    }
}
