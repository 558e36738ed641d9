package dev.sluice.normalizers.hootsuite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.signature.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HootsuiteSignatureTest {
    private static final String KEY = "hs-client-secret";
    private static final String BODY = "[{\"seq_no\":\"1684272788542\",\"type\":\"com.hootsuite.messages.event.v1\","
            + "\"data\":{\"state\":\"SENT\",\"organization\":{\"id\":\"626731\"},\"message\":{\"id\":\"4138476039\"},"
            + "\"timestamp\":\"2026-03-05T10:11:12.555Z\"}}]";
    private static final String SHA512_HEX = "9ea6f030dc69ba86eeaea7898371cced0865e8503426eb0c6c0d2097c9391486"
            + "16b13f7f8ab6825d921d1c390acb33d9df327c8ed8d15f4451d2f94bdbb68d52";
    private static final String SHA512_BASE64 =
            "nqbwMNxpuoburqeJg3HM7Qhl6FA0JusMbA0gl8k5FIYWsT9/iraCXZIdHDkKyzPZ3zJ8jtjRX0RR0vlL27aNUg==";
    private static final String HEADER = "X-Hootsuite-Signature";

    @ParameterizedTest
    @ValueSource(strings = {SHA512_HEX, SHA512_BASE64, "sha512=" + SHA512_HEX})
    void verifiesTheComputedVectorsInEachWriting(String signature) {
        assertThat(verify(KEY, "any", BODY, signature)).isInstanceOf(Verification.Verified.class);
        assertThat(verify("other\n" + KEY, "", BODY, signature)).isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({
        "SHA512, hex, text, ''",
        "SHA512, base64, text, ''",
        "SHA256, hex, text, ''",
        "SHA256, base64, text, ''",
        "SHA512, hex, hex, ''",
        "SHA512, base64, hex, ''",
        "SHA256, hex, hex, ''",
        "SHA256, base64, hex, ''",
        "SHA512, hex, text, sha512=",
        "SHA512, base64, hex, sha512=",
        "SHA256, hex, text, sha256=",
        "SHA256, base64, hex, sha256=",
    })
    void acceptsEachDigestInEachWritingWithEachKindOfKey(Hmac hmac, String writing, String kind, String prefix) {
        String key = "00112233445566778899AABBccddeeff";
        byte[] bytes = kind.equals("hex") ? HexFormat.of().parseHex(key) : key.getBytes(StandardCharsets.UTF_8);
        byte[] digest = hmac.digest(bytes, BODY.getBytes(StandardCharsets.UTF_8));
        String signature = prefix
                + (writing.equals("hex")
                        ? HexFormat.of().formatHex(digest)
                        : Base64.getEncoder().encodeToString(digest));
        String pinned = hmac.name().toLowerCase(Locale.ROOT) + '-' + writing;

        assertThat(verify(key, "any", BODY, signature)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(key, pinned, BODY, signature)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(key, "any", BODY.replace("SENT", "sent"), signature))
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void verifiesTheInboxVectorWhoseKeyIsHexadecimal() {
        String body = "{\"version\":2,\"contactProfile\":{\"id\":\"a7a20053-9c54-11eb-a89f-47717a44c639\"},"
                + "\"contactAttributes\":[{\"attribute\":\"email\",\"value\":\"fj@example.com\"}]}";

        assertThat(verify(
                        "00112233445566778899aabbccddeeff",
                        "sha256-hex",
                        body,
                        "a1d9f795b61edcc531ee4b00a146fa61c3e83687cc8d693f485efb5b0155ad08"))
                .isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({"sha512-base64", "sha256-hex", "sha256-base64"})
    void acceptsOnlyThePinnedScheme(String scheme) {
        assertThat(verify(KEY, scheme, BODY, SHA512_HEX)).isInstanceOf(Verification.Refused.class);
        assertThat(verify(KEY, "sha512-hex", BODY, SHA512_HEX)).isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha512=", "00", "!!", SHA512_HEX + "00"})
    void refusesAWrongOrMalformedSignature(String signature) {
        assertThat(verify(KEY, "any", BODY, signature)).isInstanceOf(Verification.Refused.class);
        assertThat(verify("wrong", "any", BODY, SHA512_HEX)).isInstanceOf(Verification.Refused.class);
        assertThat(verify(KEY, "any", BODY + " ", SHA512_HEX)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void refusesAMissingOrRepeatedSignature() {
        assertThat(verify(KEY, "any", BODY))
                .isEqualTo(new Verification.Refused(
                        "X-Hootsuite-Signature: missing (expected: one signature of the body with a configured key)"));
        assertThat(verify(KEY, "any", BODY, SHA512_HEX, SHA512_HEX)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void checksNothingWithoutAKey() {
        assertThat(verify("", "any", BODY)).isInstanceOf(Verification.Unsigned.class);
    }

    private static Verification verify(String keys, String scheme, String body, String... signatures) {
        Settings settings =
                new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, keys, "hootsuite.signature.scheme", scheme));
        return new Hootsuite()
                .verify(WebhookFixture.json(body).header(HEADER, signatures).build(), settings, Instant.EPOCH);
    }
}
