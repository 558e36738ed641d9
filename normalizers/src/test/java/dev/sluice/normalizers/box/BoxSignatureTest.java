package dev.sluice.normalizers.box;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.signature.Hmac;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoxSignatureTest {
    private static final String PRIMARY_KEY = "faqZQdZ2dbNVaFdPWRsVMjZOC4nVwgp0";
    private static final String SECONDARY_KEY = "4SidLLVJLIx3L3RAvMhybvvpmJHUd4iD";
    private static final String BODY = "{ \"payload\" : \"test\" }";
    private static final String PRIMARY = "R54s9jpedqP/Og92+77Ip8hVtfWjR4pnaJXcvRGafCQ=";
    private static final String SECONDARY = "V4b6jfPoCaTpcPvUDaaYLfVC4+DUZ3/B6F0pz44shEE=";
    private static final String SENT_AT = "2016-07-08T01:20:32-07:00";
    private static final Instant RECEIVED_AT = Instant.parse("2016-07-08T08:20:33Z");

    @ParameterizedTest
    @CsvSource(
            value = {
                PRIMARY_KEY + "|" + PRIMARY + "|",
                PRIMARY_KEY + ";" + SECONDARY_KEY + "|" + PRIMARY + "|" + SECONDARY,
                PRIMARY_KEY + ";" + SECONDARY_KEY + "|" + PRIMARY + "|",
                PRIMARY_KEY + ";" + SECONDARY_KEY + "|wrong|" + SECONDARY,
                "old;" + SECONDARY_KEY + "||" + SECONDARY,
            },
            delimiter = '|')
    void verifiesThePublishedVectorByEitherKey(String keys, String primary, String secondary) {
        assertThat(verify(keys.replace(';', '\n'), signed(primary, secondary)))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void neverCrossesTheKeys() {
        assertThat(verify(
                        PRIMARY_KEY + "\n" + SECONDARY_KEY, signed(/* primary= */ SECONDARY, /* secondary= */ PRIMARY)))
                .isInstanceOf(Verification.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N0Rt0lWPl+TabL9tkvncuJpn7GSf/WJjIOI6AlkFp8Q=",
                "xc7jTYHcIqZ32nvcAWv1HFLUtzqdvBibI7jqRnKjPOI=",
            })
    void verifiesOverTheBodyAsSentAndOverItsEscapedForm(String digest) {
        String body = "{\"type\":\"webhook_event\",\"id\":\"e1\",\"created_at\":\"2026-03-05T02:11:12-08:00\","
                + "\"trigger\":\"FILE.RENAMED\",\"webhook\":{\"id\":\"53\",\"type\":\"webhook\"},\"source\":{\"id\":\"1\","
                + "\"type\":\"file\",\"name\":\"Zoë a/b.txt\"},\"additional_info\":[]}";
        WebhookFixture webhook =
                scheme(WebhookFixture.json(body), "2026-03-05T02:11:13-08:00").header("BOX-SIGNATURE-PRIMARY", digest);

        assertThat(new Box()
                        .verify(
                                webhook.build(),
                                settings("box-primary-key-0001"),
                                Instant.parse("2026-03-05T10:11:20Z")))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void escapesWhatBoxEscapesAndNothingElse() {
        String sent =
                "{\"a\":\"\u007f \u00e9 \u4e2d \ud83d\ude00 ~ / \\/ //\",\"b\":\"\u00eb" + "x/".repeat(5_000) + "\"}";
        String escaped = "{\"a\":\"\\u007f \\u00e9 \\u4e2d \\ud83d\\ude00 ~ \\/ \\/ \\/\\/\",\"b\":\"\\u00eb"
                + "x\\/".repeat(5_000) + "\"}";
        byte[] digest = Hmac.SHA256.digest(
                PRIMARY_KEY.getBytes(StandardCharsets.UTF_8), (escaped + SENT_AT).getBytes(StandardCharsets.US_ASCII));
        WebhookFixture webhook = scheme(WebhookFixture.json(sent), SENT_AT)
                .header("BOX-SIGNATURE-PRIMARY", Base64.getEncoder().encodeToString(digest));

        assertThat(verify(PRIMARY_KEY, webhook)).isInstanceOf(Verification.Verified.class);
        assertThat(verify(PRIMARY_KEY, webhook.header("BOX-DELIVERY-TIMESTAMP", "2016-07-08T01:20:33-07:00")))
                .isInstanceOf(Verification.Refused.class);
    }

    @Test
    void refusesASecondarySignatureThatIsWrongOrStandsTwice() {
        String keys = PRIMARY_KEY + "\n" + SECONDARY_KEY;

        assertThat(verify(keys, signed("wrong", PRIMARY))).isInstanceOf(Verification.Refused.class);
        assertThat(verify(keys, signed("wrong", null).header("BOX-SIGNATURE-SECONDARY", SECONDARY, SECONDARY)))
                .isInstanceOf(Verification.Refused.class);
        assertThat(verify(keys, signed(PRIMARY, null).header("BOX-DELIVERY-TIMESTAMP", SENT_AT, SENT_AT)))
                .isInstanceOf(Verification.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "R54s9jpedqP/Og92+77Ip8hVtfWjR4pnaJXcvRGafCQ", "R54s", "!!!", SECONDARY})
    void refusesAWrongOrMalformedSignature(String primary) {
        assertThat(verify(PRIMARY_KEY, signed(primary, null))).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void refusesAMissingOrRepeatedSignature() {
        assertThat(verify(PRIMARY_KEY, signed(null, null)))
                .isEqualTo(new Verification.Refused(
                        "BOX-SIGNATURE-PRIMARY: missing (expected: one signature of the body with a configured key)"));
        assertThat(verify(PRIMARY_KEY, signed(null, null).header("BOX-SIGNATURE-PRIMARY", PRIMARY, PRIMARY)))
                .isInstanceOf(Verification.Refused.class);
        assertThat(verify(PRIMARY_KEY, signed(null, SECONDARY))).isInstanceOf(Verification.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2016-07-08T08:30:32Z, true",
        "2016-07-08T08:30:33Z, false",
        "2016-07-08T08:19:32Z, true",
        "2016-07-08T08:19:31Z, false",
    })
    void acceptsTenMinutesOfAgeAndOneMinuteOfSkew(Instant receivedAt, boolean accepted) {
        assertThat(new Box().verify(signed(PRIMARY, null).build(), settings(PRIMARY_KEY), receivedAt))
                .isInstanceOf(accepted ? Verification.Verified.class : Verification.Refused.class);
    }

    @Test
    void takesTheWindowFromTheSettings() {
        Settings settings =
                new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, PRIMARY_KEY, "box.signature.age.max", "3600"));

        assertThat(new Box().verify(signed(PRIMARY, null).build(), settings, Instant.parse("2016-07-08T09:20:00Z")))
                .isInstanceOf(Verification.Verified.class);
    }

    @Test
    void fallsBackToTheUsualWindowWhenTheSettingIsNoNumber() {
        Settings settings =
                new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, PRIMARY_KEY, "box.signature.age.max", "an hour"));

        assertThat(new Box().verify(signed(PRIMARY, null).build(), settings, RECEIVED_AT))
                .isInstanceOf(Verification.Verified.class);
    }

    @ParameterizedTest
    @CsvSource({
        "BOX-SIGNATURE-VERSION, 2, BOX-SIGNATURE-VERSION: unknown or missing (expected: 1)",
        "BOX-SIGNATURE-ALGORITHM, HmacSHA1, BOX-SIGNATURE-ALGORITHM: unknown or missing (expected: HmacSHA256)",
        "BOX-DELIVERY-TIMESTAMP, yesterday, BOX-DELIVERY-TIMESTAMP: not a date (expected: RFC 3339)",
    })
    void refusesAnyOtherScheme(String header, String value, String reason) {
        assertThat(verify(PRIMARY_KEY, signed(PRIMARY, null).header(header, value)))
                .isEqualTo(new Verification.Refused(reason));
        assertThat(verify(PRIMARY_KEY, signed(PRIMARY, null).header(header))).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void checksNothingWithoutAKey() {
        assertThat(verify("", signed("wrong", null))).isInstanceOf(Verification.Unsigned.class);
    }

    private static Verification verify(String keys, WebhookFixture webhook) {
        return new Box().verify(webhook.build(), settings(keys), RECEIVED_AT);
    }

    private static Settings settings(String keys) {
        return new Settings(Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, keys));
    }

    private static WebhookFixture signed(@Nullable String primary, @Nullable String secondary) {
        WebhookFixture webhook = scheme(WebhookFixture.json(BODY), SENT_AT);
        if (primary != null) {
            webhook.header("BOX-SIGNATURE-PRIMARY", primary);
        }
        return secondary == null ? webhook : webhook.header("BOX-SIGNATURE-SECONDARY", secondary);
    }

    private static WebhookFixture scheme(WebhookFixture webhook, String sentAt) {
        return webhook.header("BOX-SIGNATURE-VERSION", "1")
                .header("BOX-SIGNATURE-ALGORITHM", "HmacSHA256")
                .header("BOX-DELIVERY-TIMESTAMP", sentAt);
    }
}
