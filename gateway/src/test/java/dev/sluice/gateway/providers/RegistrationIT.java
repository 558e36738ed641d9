package dev.sluice.gateway.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** Webhooks that the gateway registers at providers, until they are removed. */
@TestInstance(Lifecycle.PER_CLASS)
final class RegistrationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SUBSCRIPTION = "event.notification.subscription.id";

    private final FakeProvider github = new FakeProvider("github");
    private final FakeProvider box = new FakeProvider("box");
    private final FakeProvider mailchimp = new FakeProvider("mailchimpv3");
    private GatewayRig gateway;

    @BeforeAll
    void start() {
        gateway = new GatewayRig(github, box, mailchimp);
    }

    @AfterAll
    void stop() {
        gateway.close();
        github.close();
        box.close();
        mailchimp.close();
    }

    @BeforeEach
    void reset() {
        for (FakeProvider provider : new FakeProvider[] {github, box, mailchimp}) {
            provider.reset();
            provider.hooks().clear();
        }
    }

    @Test
    void registersGitHubsWebhookWithAKeyOfItsOwn() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));

        JsonNode hook = only(github);
        assertThat(hook.path("config").path("url").asString())
                .isEqualTo(created.path("webhookUrl").asString());
        String secret = hook.path("config").path("secret").asString();
        assertThat(secret).hasSizeGreaterThan(30);
        assertThat(stored(created).configuration()).containsEntry("event.vendor.signature.key", secret);
        assertThat(github.hooks().standing()).containsOnlyKeys("/api/repos/acme/shop/hooks/" + subscription(created));
        assertThat(created.toString()).doesNotContain(secret);
        assertThat(created.path("warnings")).isEmpty();
    }

    @Test
    void registersABoxWebhookForEachFolder() {
        JsonNode created = create("box", Map.of("event.vendor.subscribe", "true", "events.list.ids", "829, file:73"));

        assertThat(box.hooks().standing()).hasSize(2);
        assertThat(subscription(created).split(",", -1)).hasSize(2);
        // Box's keys are the app's: one of ours would refuse all that Box signs.
        assertThat(stored(created).configuration()).doesNotContainKey("event.vendor.signature.key");
    }

    @Test
    void registersMailchimpsWebhooksWithSecretsOfBothSides() {
        JsonNode created =
                create("mailchimpv3", Map.of("event.vendor.subscribe", "true", "events.list.ids", "a6b5,c7"));

        assertThat(mailchimp.hooks().standing()).hasSize(2);
        Map<String, String> configuration = stored(created).configuration();
        assertThat(configuration).containsEntry("event.vendor.signature.key", Hooks.CHOSEN_SECRET);
        String urlSecret = configuration.getOrDefault("event.vendor.url.secret", "none");
        assertThat(mailchimp.hooks().standing().values())
                .allSatisfy(hook -> assertThat(hook.path("url").asString())
                        .isEqualTo("%s?secret=%s", created.path("webhookUrl").asString(), urlSecret));
    }

    @Test
    void removesTheWebhookAndGivesTheTokenBackOnDelete() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));

        gateway.call(HttpMethod.DELETE, path(created), "").ok();

        await().atMost(PATIENCE).until(() -> github.hooks().standing().isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(github.asked("/token"))
                        .anyMatch(asked -> asked.method().equals("DELETE")));
        await().atMost(PATIENCE).until(() -> rows("provider_token", created) + rows("provider_hook", created) == 0);
    }

    @Test
    void deletesAtOnceWhenTheProviderIsAway() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));
        github.answer("", Told.json(500, "{}"));

        gateway.call(HttpMethod.DELETE, path(created), "").ok();

        assertThat(gateway.call(HttpMethod.GET, path(created), "").status()).isEqualTo(404);
        await().atMost(PATIENCE)
                .until(() -> github.asked("").stream()
                        .anyMatch(asked -> asked.method().equals("DELETE")));
        assertThat(rows("provider_token", created)).isOne();
    }

    @Test
    void putsAWebhookUpAgainThatTheProviderSaysIsGone() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));
        String before = subscription(created);
        github.hooks().clear();

        gateway.part(InstanceRepository.class)
                .mark(created.path("id").asLong(), Set.of("WEBHOOK_REMOVED"))
                .block(PATIENCE);

        await().atMost(PATIENCE).until(() -> !github.hooks().standing().isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(gateway.get(path(created)).path("warnings")).isEmpty());
        assertThat(subscription(gateway.get(path(created)))).isNotEqualTo(before);
        assertThat(only(github).path("config").path("secret").asString())
                .isEqualTo(stored(created).configuration().get("event.vendor.signature.key"));
    }

    @Test
    void looksDailyAndPutsUpAgainWhatTheProviderSaidNothingOf() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));
        String before = subscription(created);
        await().atMost(PATIENCE).until(() -> untilNextLook(created).toHours() == 23);

        aDayPasses(created);
        await().atMost(PATIENCE).until(() -> untilNextLook(created).toHours() == 23);
        assertThat(github.hooks().standing()).containsOnlyKeys("/api/repos/acme/shop/hooks/" + before);

        github.hooks().clear();
        aDayPasses(created);
        await().atMost(PATIENCE).until(() -> untilNextLook(created).toHours() == 23);
        String after = subscription(gateway.get(path(created)));
        assertThat(after).isNotEqualTo(before);
        assertThat(github.hooks().standing()).containsOnlyKeys("/api/repos/acme/shop/hooks/" + after);
    }

    @Test
    void asksWithNewTokensWhenTheProviderRefusesTheOldOnes() {
        JsonNode created = create("box", Map.of("event.vendor.subscribe", "true", "events.list.ids", "829"));
        String before = subscription(created);
        int refreshes = box.tokens().refreshes();
        box.tokens().endAccess();
        box.hooks().clear();

        aDayPasses(created);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(subscription(gateway.get(path(created)))).isNotEqualTo(before));
        assertThat(box.hooks().standing()).hasSize(1);
        assertThat(box.tokens().refreshes()).isEqualTo(refreshes + 1);
        assertThat(gateway.get(path(created)).path("warnings").toString()).doesNotContain("authenticate");
    }

    @Test
    void movesTheWebhookWithItsRepositoryAndEndsItWhenToldSo() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));

        change(created, "github.repository", "depot");
        assertThat(github.hooks().standing()).hasSize(1);
        assertThat(github.hooks().standing().keySet().iterator().next()).startsWith("/api/repos/acme/depot/hooks/");

        JsonNode ended = change(created, "event.vendor.subscribe", "false");
        assertThat(github.hooks().standing()).isEmpty();
        assertThat(ended.path("configuration").path(SUBSCRIPTION).isNull()).isTrue();
    }

    @Test
    void replacesTheWebhookWhenTheKeyIsChanged() {
        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));

        change(created, "event.vendor.signature.key", Planted.secret("another"));

        assertThat(only(github).path("config").path("secret").asString()).isEqualTo(Planted.secret("another"));
    }

    @Test
    void makesTheInstanceAlthoughTheProviderRefusesTheWebhook() {
        github.answer("/hooks", Told.json(403, "{\"message\":\"Must have admin rights\"}"));

        JsonNode created = create("github", Map.of("event.vendor.subscribe", "true"));

        assertThat(created.path("warnings").toString()).contains("HTTP 403, Must have admin rights");
        assertThat(gateway.get(path(created)).path("warnings").toString()).contains("Must have admin rights");
    }

    @Test
    void saysWhatToDoWhereNothingCanBeRegistered() {
        JsonNode withoutToken =
                gateway.post("/instances", Bodies.oauth("github", "", Map.of("event.vendor.subscribe", "true")));
        JsonNode greenhouse =
                gateway.post("/instances", Bodies.instance("greenhouse", "", Map.of("event.vendor.subscribe", "true")));

        assertThat(withoutToken.path("warnings").toString()).contains("authenticate it with providerData.code");
        assertThat(greenhouse.path("warnings").toString()).contains("Greenhouse has no call to register webhooks");
        assertThat(greenhouse.path("nextSteps").toString())
                .contains("Web Hooks", greenhouse.path("webhookUrl").asString());
    }

    private JsonNode create(String elementKey, Map<String, String> configuration) {
        String url = gateway.get("/elements/" + elementKey + "/oauth/url?"
                        + Parameters.encode(Map.of("apiKey", TokenDesk.CLIENT_ID, "callbackUrl", Bodies.CALLBACK_URL)))
                .path("oauthUrl")
                .asString();
        return gateway.post(
                "/instances", Bodies.oauth(elementKey, Consent.given(url).code(), configuration));
    }

    private JsonNode change(JsonNode instance, String key, String value) {
        return gateway.call(HttpMethod.PATCH, path(instance), "{\"configuration\":{\"" + key + "\":\"" + value + "\"}}")
                .ok();
    }

    private static String path(JsonNode instance) {
        return "/instances/" + instance.path("id").asString();
    }

    private static String subscription(JsonNode instance) {
        return instance.path("configuration").path(SUBSCRIPTION).asString("");
    }

    private static JsonNode only(FakeProvider provider) {
        Map<String, JsonNode> standing = provider.hooks().standing();
        assertThat(standing).hasSize(1);
        return standing.values().iterator().next();
    }

    private Instance stored(JsonNode instance) {
        return Objects.requireNonNull(gateway.part(InstanceRepository.class)
                .find(instance.path("id").asLong())
                .block(PATIENCE));
    }

    private Duration untilNextLook(JsonNode instance) {
        return Duration.ofSeconds(Objects.requireNonNull(gateway.part(Database.class)
                .client()
                .sql("SELECT extract(epoch FROM due_at - now())::bigint FROM provider_hook WHERE instance_id = :id")
                .bind("id", instance.path("id").asLong())
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .block(PATIENCE)));
    }

    private void aDayPasses(JsonNode instance) {
        gateway.part(Database.class)
                .client()
                .sql("UPDATE provider_hook SET due_at = due_at - interval '1 day' WHERE instance_id = :id")
                .bind("id", instance.path("id").asLong())
                .then()
                .block(PATIENCE);
    }

    private long rows(String table, JsonNode instance) {
        return Objects.requireNonNull(gateway.part(Database.class)
                .client()
                .sql("SELECT count(*) FROM " + table + " WHERE instance_id = :id")
                .bind("id", instance.path("id").asLong())
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .block(PATIENCE));
    }
}
