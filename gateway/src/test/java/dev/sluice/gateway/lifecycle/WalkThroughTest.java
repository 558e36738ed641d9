package dev.sluice.gateway.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.demo.DemoKeys;
import dev.sluice.gateway.lifecycle.storage.Credentials;
import dev.sluice.gateway.lifecycle.storage.Credentials.Secret;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WalkThroughTest {
    private static final Credentials GIVEN =
            new Credentials(new Secret("user", null, false), new Secret("organization", null, false));
    private static final Pattern BODY = Pattern.compile(" -d '([^']*)'");
    private static final Pattern SIGNATURE = Pattern.compile("-H '(X-[\\w-]+): (sha256=[^']*)'");

    private final String lines = new WalkThrough("http://localhost:8080", GIVEN).lines();

    @Test
    void makesAnInstanceThatNotifiesTheDemoCallback() {
        JsonNode instance = JsonMapper.shared().readTree(bodies().get(0));

        assertThat(instance.path("element").path("key").asString()).isEqualTo("github");
        assertThat(settings(instance))
                .containsEntry("github.organization", "octo-org")
                .containsEntry("github.repository", "hello")
                .containsEntry("event.notification.enabled", "true")
                .containsEntry("event.notification.callback.url", "http://localhost:8080/demo/callback")
                .containsEntry("event.notification.signature.key", DemoKeys.NOTIFICATION);
        assertThat(lines)
                .contains("User $SLUICE_USER_SECRET, Organization $SLUICE_ORGANIZATION_SECRET")
                .doesNotContainPattern("\\{[a-zA-Z]+}")
                .doesNotContain("'{\n");
    }

    @Test
    void sendsItAWebhookThatItsKeyProves() {
        Matcher signature = SIGNATURE.matcher(lines);
        assertThat(signature.find()).isTrue();
        Webhook webhook = new Webhook(
                "POST",
                Map.of(signature.group(1), List.of(signature.group(2))),
                Map.of(),
                bodies().get(1).getBytes(StandardCharsets.UTF_8));
        Settings settings = new Settings(settings(JsonMapper.shared().readTree(bodies().get(0))));

        assertThat(Elements.all().find("github").orElseThrow().verify(webhook, settings, Instant.EPOCH))
                .isInstanceOf(Verification.Verified.class);
    }

    private List<String> bodies() {
        List<String> bodies =
                BODY.matcher(lines).results().map(found -> found.group(1)).toList();
        assertThat(bodies).hasSize(2);
        return bodies;
    }

    private static Map<String, String> settings(JsonNode instance) {
        return instance.path("configuration").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, setting -> setting.getValue().asString()));
    }
}
