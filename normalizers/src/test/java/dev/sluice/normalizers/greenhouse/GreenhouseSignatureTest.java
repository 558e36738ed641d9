package dev.sluice.normalizers.greenhouse;

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

final class GreenhouseSignatureTest {
    private static final String KEY = "8e98fjke8jek";
    private static final String BODY =
            "{\"action\":\"job_deleted\",\"payload\":{\"job\":{\"id\":209256,\"name\":\"Project Manager\"}}}";
    private static final String SIGNATURE = "sha256 748f9fea980e093c2dcb12a85d1393f4cee1c73f90ca2ab62c250b1a25deb62d";

    @Test
    void verifiesTheComputedVectors() {
        String escaped = "{\"action\":\"candidate_stage_change\",\"payload\":{\"application\":{\"id\":265277,"
                + "\"status\":\"active\",\"applied_at\":\"2026-03-02T09:00:00Z\","
                + "\"last_activity_at\":\"2026-03-05T10:11:12Z\",\"candidate\":{\"id\":265788,"
                + "\"first_name\":\"Zo\\u00eb\"},\"jobs\":[{\"id\":3485}],"
                + "\"current_stage\":{\"id\":71416,\"name\":\"Phone \\u003cScreen\\u003e\"}}}}";

        assertThat(verify(KEY, BODY, SIGNATURE)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(
                        "gh-web-hook-secret-0123456789abcdef",
                        escaped,
                        "sha256 edf11c35721038c3a69c6fe2800851ca9a03fefeebc2de69223b978079ebeb4b"))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void verifiesWithTheKeyOfAnyHook() {
        assertThat(verify("key of hook one\n" + KEY + "\nkey of hook three", BODY, SIGNATURE))
                .isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256=748f9fea980e093c2dcb12a85d1393f4cee1c73f90ca2ab62c250b1a25deb62d",
                "sha256  748f9fea980e093c2dcb12a85d1393f4cee1c73f90ca2ab62c250b1a25deb62d",
                "sha256 748f9fea980e093c2dcb12a85d1393f4cee1c73f90ca2ab62c250b1a25deb62",
                "sha256 748f9fea980e093c2dcb12a85d1393f4cee1c73f90ca2ab62c250b1a25deb62e",
                "748f9fea980e093c2dcb12a85d1393f4cee1c73f90ca2ab62c250b1a25deb62d",
                "sha256 ",
                "",
            })
    void refusesAWrongOrMalformedSignature(String signature) {
        assertThat(verify(KEY, BODY, signature)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void refusesAMissingOrRepeatedSignature() {
        assertThat(verify(KEY, BODY))
                .isEqualTo(new Verification.Refused(
                        "Signature: missing (expected: one signature of the body with a configured key)"));
        assertThat(verify(KEY, BODY, SIGNATURE, SIGNATURE)).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void checksNothingWithoutAKey() {
        assertThat(verify("", BODY)).isInstanceOf(Verification.Unsigned.class);
    }

    private static Verification verify(String keys, String body, String... signatures) {
        return new Greenhouse()
                .verify(
                        WebhookFixture.json(body)
                                .header("Signature", signatures)
                                .build(),
                        new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, keys)),
                        Instant.EPOCH);
    }
}
