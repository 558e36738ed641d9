package dev.sluice.normalizers.mailchimp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;
import dev.sluice.normalizers.body.FormBody;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class MailchimpContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new Mailchimp();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.form(body).build();
    }

    @Test
    void givesEveryFieldOfTheFormAndNoOther() {
        for (String file : WebhookFixture.goldenFiles("mailchimpv3")) {
            byte[] body = WebhookFixture.golden("mailchimpv3", file);
            byte[] unencoded = new String(body, StandardCharsets.UTF_8)
                    .replace("%5B", "[")
                    .replace("%5D", "]")
                    .getBytes(StandardCharsets.UTF_8);

            assertThat(fields(element().raw(FormBody.MEDIA_TYPE, body)))
                    .as(file)
                    .isEqualTo(sent(body));
            assertThat(items(webhook(file, unencoded))).as(file).hasSameSizeAs(items(webhook(file, body)));
            assertThat(element().raw(FormBody.MEDIA_TYPE, unencoded))
                    .as(file)
                    .isEqualTo(element().raw(FormBody.MEDIA_TYPE, body));
        }
    }

    private static Map<String, String> sent(byte[] form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
            String[] halves = pair.split("=", 2);
            fields.put(
                    URLDecoder.decode(halves[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** The names that the form had: those of what is in something else in brackets behind it. */
    private static Map<String, String> fields(byte[] json) {
        Map<String, String> fields = new TreeMap<>();
        new ObjectMapper()
                .readTree(json)
                .properties()
                .forEach(field -> collect(field.getKey(), field.getValue(), fields));
        return fields;
    }

    private static void collect(String name, JsonNode value, Map<String, String> fields) {
        if (value.isString()) {
            fields.put(name, value.asString());
        }
        value.properties().forEach(inner -> collect(name + '[' + inner.getKey() + ']', inner.getValue(), fields));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            collect(name + '[' + i + ']', value.get(i), fields);
        }
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
