package dev.sluice.normalizers.mailchimp;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

final class MailchimpContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new Mailchimp();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.form(body).build();
    }

    @Override
    protected Map<String, Supplier<byte[]>> hostileBodies() {
        return Map.of(
                "one long value", () -> filled(25_000_000, "type=", "%41", ""),
                "one long name", () -> filled(25_000_000, "type=a&", "data[", "=1"),
                "many fields", () -> filled(3_000_000, "type=a", "&a=1", ""),
                "nothing but separators", () -> filled(3_000_000, "type=a", "&", ""),
                "deep names", () -> ("a" + "[b]".repeat(100_000) + "=1").getBytes(StandardCharsets.UTF_8),
                "an unfinished escape", () -> "type=%".getBytes(StandardCharsets.UTF_8));
    }
}
