package dev.sluice.normalizers.mailchimp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.WebhookFixture;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailchimpSignatureTest {
    private static final String KEY = "mc_signing_secret_0001";
    private static final String BODY = "type=unsubscribe&fired_at=2026-03-05+10%3A11%3A12&data%5Baction%5D=unsub"
            + "&data%5Breason%5D=manual&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054"
            + "&data%5Bemail%5D=ada%40example.com&data%5Bemail_type%5D=html"
            + "&data%5Bmerges%5D%5BEMAIL%5D=ada%40example.com&data%5Bmerges%5D%5BFNAME%5D=Ada";
    private static final String DIGEST = "1364d2668d7412fa089f7ae5c18aab8acae9cec8a44b22dead286491c13e3420";
    private static final String SIGNATURE = "t=1772705472,v1=" + DIGEST;
    private static final String HEADER = "X-Mailchimp-Signature";
    private static final Settings SIGNED = new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, KEY));
    private static final Settings SECRET = new Settings(Map.of(SettingKeys.VENDOR_URL_SECRET, "open sesame"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIGNATURE,
                "t=1772705472, v1=" + DIGEST,
                "t=1772705472,v1=0000000000000000000000000000000000000000000000000000000000000000,v1=" + DIGEST,
                "v1=" + DIGEST + ",t=1772705472,v2=later",
            })
    void verifiesTheComputedVectorAlsoWhileASecretIsRotated(String signature) {
        assertThat(verify(SIGNED, WebhookFixture.form(BODY).header(HEADER, signature)))
                .isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=1772705472",
                "v1=" + DIGEST,
                "t=1772705473,v1=" + DIGEST,
                "t=1772705472,v1=1364d266",
                "t=1772705472,v1=0000000000000000000000000000000000000000000000000000000000000000",
                "t=soon,v1=" + DIGEST,
                DIGEST,
            })
    void refusesAWrongOrMalformedSignature(String signature) {
        assertThat(verify(SIGNED, WebhookFixture.form(BODY).header(HEADER, signature)))
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void refusesAMissingOrRepeatedSignature() {
        assertThat(verify(SIGNED, WebhookFixture.form(BODY)))
                .isEqualTo(new Verification.Refused(
                        "X-Mailchimp-Signature: missing (expected: one signature of the body with a configured key)"));
        assertThat(verify(SIGNED, WebhookFixture.form(BODY).header(HEADER, SIGNATURE, SIGNATURE)))
                .isInstanceOf(Verification.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false", "-300, true", "-301, false"})
    void acceptsFiveMinutesEitherWay(int seconds, boolean accepted) {
        assertThat(new Mailchimp()
                        .verify(
                                WebhookFixture.form(BODY)
                                        .header(HEADER, SIGNATURE)
                                        .build(),
                                SIGNED,
                                Instant.ofEpochSecond(1_772_705_472 + seconds)))
                .isInstanceOf(accepted ? Verification.Verified.class : Verification.Refused.class);
    }

    @Test
    void asksForTheSecretInTheUrl() {
        assertThat(verify(SECRET, WebhookFixture.form(BODY).query("secret", "open sesame")))
                .isInstanceOf(Verification.Verified.class);
        assertThat(verify(SECRET, WebhookFixture.form(BODY).query("secret", "open")))
                .isInstanceOf(Verification.Refused.class);
        assertThat(verify(SECRET, WebhookFixture.form(BODY).query("secret", "open sesame", "x")))
                .isInstanceOf(Verification.Refused.class);
        assertThat(verify(SECRET, WebhookFixture.form(BODY)))
                .isEqualTo(new Verification.Refused("query parameter secret: missing, repeated or wrong "
                        + "(expected: the configured secret, once)"));
    }

    @Test
    void asksForBothProofsWhereBothAreConfigured() {
        Settings both = new Settings(Map.of(SettingKeys.VENDOR_URL_SECRET, "s", SettingKeys.VENDOR_SIGNATURE_KEY, KEY));

        assertThat(verify(both, WebhookFixture.form(BODY).query("secret", "s")))
                .isInstanceOf(Verification.Refused.class);
        assertThat(verify(both, WebhookFixture.form(BODY).header(HEADER, SIGNATURE)))
                .isInstanceOf(Verification.Refused.class);
        assertThat(verify(both, WebhookFixture.form(BODY).query("secret", "s").header(HEADER, SIGNATURE)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void asksNothingOfAGetAndNothingWithoutAKey() {
        assertThat(verify(SIGNED, WebhookFixture.get())).isInstanceOf(Verification.Unsigned.class);
        assertThat(verify(SECRET, WebhookFixture.get())).isInstanceOf(Verification.Unsigned.class);
        assertThat(verify(new Settings(Map.of()), WebhookFixture.form(BODY))).isInstanceOf(Verification.Unsigned.class);
    }

    private static Verification verify(Settings settings, WebhookFixture webhook) {
        return new Mailchimp().verify(webhook.build(), settings, Instant.ofEpochSecond(1_772_705_475));
    }
}
