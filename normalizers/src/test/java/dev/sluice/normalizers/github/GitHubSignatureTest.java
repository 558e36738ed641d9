package dev.sluice.normalizers.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.WebhookFixture;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GitHubSignatureTest {
    private static final String KEY = "It's a Secret to Everybody";
    private static final String BODY = "Hello, World!";
    private static final String SIGNATURE = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final String HEADER = "X-Hub-Signature-256";

    @Test
    void verifiesThePublishedVector() {
        assertThat(verify(KEY, WebhookFixture.json(BODY).header(HEADER, SIGNATURE)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void verifiesAFormOverItsRawBytes() {
        WebhookFixture form = WebhookFixture.form("payload=%7B%22zen%22%3A%22Keep+it+simple%22%2C%22hook_id%22%3A42%7D")
                .header(HEADER, "sha256=517486fae8a33024c36ac8a0a2a87b1a0e514cf28728039e4d4ece77442a801f");

        assertThat(verify(KEY, form)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void verifiesWithAnyOfSeveralKeys() {
        assertThat(verify("new key\n" + KEY + "\r\n", WebhookFixture.json(BODY).header(HEADER, SIGNATURE)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void findsTheHeaderInAnyCase() {
        assertThat(verify(KEY, WebhookFixture.json(BODY).header("x-hub-signature-256", SIGNATURE)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void checksNothingWithoutAKey() {
        assertThat(verify("  ", WebhookFixture.json(BODY).header(HEADER, "sha256=00")))
                .isInstanceOf(Verification.Unsigned.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1700",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1g",
                "sha256=",
                "",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59",
                " sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            })
    void refusesAWrongOrMalformedSignature(String signature) {
        assertThat(verify(KEY, WebhookFixture.json(BODY).header(HEADER, signature)))
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> assertThat(refused.reason())
                                .startsWith("X-Hub-Signature-256: ")
                                .doesNotContain("Secret", "757107"));
    }

    @Test
    void refusesAMissingSignature() {
        assertThat(verify(KEY, WebhookFixture.json(BODY)))
                .isEqualTo(new Verification.Refused(
                        "X-Hub-Signature-256: missing (expected: one signature of the body with a configured key)"));
    }

    @Test
    void refusesTwoSignaturesEvenWhenOneMatches() {
        assertThat(verify(KEY, WebhookFixture.json(BODY).header(HEADER, SIGNATURE, SIGNATURE)))
                .isEqualTo(new Verification.Refused(
                        "X-Hub-Signature-256: 2 values (expected: one signature of the body with a configured key)"));
    }

    @Test
    void refusesAChangedBody() {
        assertThat(verify(KEY, WebhookFixture.json(BODY + " ").header(HEADER, SIGNATURE)))
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void ignoresTheLegacySha1Header() {
        assertThat(verify(
                        KEY,
                        WebhookFixture.json(BODY)
                                .header("X-Hub-Signature", "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59")))
                .isInstanceOf(Verification.Refused.class);
    }

    private static Verification verify(String keys, WebhookFixture webhook) {
        Settings settings = new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, keys));
        return new GitHub().verify(webhook.build(), settings, Instant.EPOCH);
    }
}
