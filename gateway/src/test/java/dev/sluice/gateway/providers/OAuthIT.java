package dev.sluice.gateway.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.oauth.Tokens;
import dev.sluice.gateway.providers.GatewayRig.Answer;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.persistence.token.StoredTokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/** From a user's consent to an instance with tokens, at a real OAuth server. */
@TestInstance(Lifecycle.PER_CLASS)
final class OAuthIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, FakeProvider> providers = new HashMap<>();
    private GatewayRig gateway;

    @BeforeAll
    void start() {
        for (String key : new String[] {"github", "box", "hootsuite", "mailchimpv3"}) {
            providers.put(key, new FakeProvider(key));
        }
        gateway = new GatewayRig(providers.values().toArray(FakeProvider[]::new));
    }

    @AfterAll
    void stop() {
        gateway.close();
        providers.values().forEach(FakeProvider::close);
    }

    @ParameterizedTest
    @CsvSource({
        "github, oauth.user.id, 7",
        "box, oauth.user.id, 226067247",
        "hootsuite, oauth.user.id, 15240789",
        "mailchimpv3, mailchimp.dc, us6"
    })
    void makesAnInstanceWithTokensOfAUsersConsent(String elementKey, String setting, String value) {
        Consent consent = consent(elementKey);
        assertThat(consent.state()).isEqualTo(elementKey);

        JsonNode created = gateway.post("/instances", Bodies.oauth(elementKey, consent.code(), Map.of()));

        assertThat(created.path("configuration").path(setting).asString()).isEqualTo(value);
        assertThat(created.toString()).doesNotContain("planted", consent.code());
        assertThat(created.path("warnings").toString()).doesNotContain("credentials");
        String accessToken = tokens(created).tokens().accessToken();
        assertThat(provider(elementKey).tokens().live()).contains(accessToken);
        assertThat(created.toString()).doesNotContain(accessToken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "box", "hootsuite", "mailchimpv3"})
    void tellsWhyAProviderRefusesACode(String elementKey) {
        String code = consent(elementKey).code();
        gateway.post("/instances", Bodies.oauth(elementKey, code, Map.of()));

        Answer again = gateway.call(HttpMethod.POST, "/instances", Bodies.oauth(elementKey, code, Map.of()));

        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body().path("message").asString()).startsWith("providerData.code: refused by");
        assertThat(again.body().path("providerMessage").asString()).contains("invalid_grant: Used before");
        assertThat(again.body().path("requestId").asString()).hasSize(24);
        assertThat(again.body().toString()).doesNotContain(code, TokenDesk.CLIENT_SECRET);
    }

    @Test
    void readsGitHubsErrorsThatComeWith200() {
        Answer refused = gateway.call(HttpMethod.POST, "/instances", Bodies.oauth("github", "made-up", Map.of()));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("providerMessage").asString())
                .isEqualTo("bad_verification_code: Not one of ours.");
    }

    @Test
    void asksForAppAndCallbackWithACode() {
        Answer refused = gateway.call(
                HttpMethod.POST, "/instances", Bodies.instance("box", "code", Map.of("oauth.api.key", "id")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("message").asString())
                .isEqualTo("configuration: oauth.api.secret, oauth.callback.url missing (expected: a value for each)");
        assertThat(provider("box").asked("/oauth2/token").stream()
                        .filter(asked -> asked.body().contains("code=code&")))
                .isEmpty();
    }

    @Test
    void asksNoProviderForAnInstanceThatOnlyReceivesWebhooks() {
        FakeProvider mailchimp = provider("mailchimpv3");
        int before = mailchimp.asked("").size();

        JsonNode created = gateway.post(
                "/instances", Bodies.oauth("mailchimpv3", "", Map.of("oauth.callback.url", "https;//mycoolapp.com")));

        assertThat(created.path("warnings").toString()).contains("oauth.callback.url is no URL");
        assertThat(mailchimp.asked("")).hasSize(before);
    }

    @Test
    void givesNewTokensToAnInstanceThatIsThere() {
        JsonNode created = gateway.post("/instances", Bodies.oauth("box", "", Map.of()));
        String path = "/instances/" + created.path("id").asString();
        String change = "{\"providerData\":{\"code\":\"" + consent("box").code() + "\"}}";

        assertThat(gateway.call(HttpMethod.PUT, path + "?reAuthenticate=false", change)
                        .ok()
                        .path("configuration")
                        .path("oauth.user.id")
                        .isNull())
                .isTrue();
        JsonNode changed = gateway.call(HttpMethod.PATCH, path, change).ok();

        assertThat(changed.path("configuration").path("oauth.user.id").asString())
                .isEqualTo("226067247");
        assertThat(tokens(changed).generation()).isOne();
    }

    @Test
    void takesTokensThatTheCustomerHas() {
        String elsewhere = tokens(gateway.post(
                        "/instances", Bodies.oauth("github", consent("github").code(), Map.of())))
                .tokens()
                .accessToken();

        JsonNode created =
                gateway.post("/instances", Bodies.oauth("github", "", Map.of("oauth.user.token", elsewhere)));

        assertThat(created.path("configuration").path("oauth.user.id").asString())
                .isEqualTo("7");
        assertThat(created.path("configuration").path("oauth.user.token").asString())
                .isEqualTo("********");
        assertThat(tokens(created).tokens().accessToken()).isEqualTo(elsewhere);
    }

    @Test
    void makesTheUrlForAUserToAgreeAt() {
        JsonNode byQuery = gateway.get(
                "/elements/hootsuite/oauth/url?apiKey=a%20b&apiSecret=s&callbackUrl=https%3A%2F%2Fapp.example&state=x");
        JsonNode byBody =
                gateway.post("/elements/6291/oauth/url", "{\"apiKey\":\"id\",\"callbackUrl\":\"https://app.example\"}");

        assertThat(byQuery.path("element").asString()).isEqualTo("hootsuite");
        assertThat(Fields.of(byQuery.path("oauthUrl").asString().split("\\?", 2)[1]))
                .containsEntry("client_id", "a b")
                .containsEntry("redirect_uri", "https://app.example")
                .containsEntry("scope", "offline")
                .containsEntry("state", "x.......");
        assertThat(byBody.path("oauthUrl").asString())
                .contains("state=github", "scope=admin%3Aorg_hook%20admin%3Arepo_hook%20repo");
    }

    @ParameterizedTest
    @CsvSource({
        "/elements/greenhouse/oauth/url?apiKey=a&callbackUrl=b, 404, has no OAuth",
        "/elements/nothing/oauth/url?apiKey=a&callbackUrl=b, 404, unknown",
        "/elements/github/oauth/url?callbackUrl=b, 400, apiKey: missing",
        "/elements/github/oauth/url?apiKey=a, 400, callbackUrl: missing"
    })
    void refusesUrlsItCannotMake(String path, int status, String message) {
        Answer refused = gateway.call(HttpMethod.GET, path, "");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body().path("message").asString()).contains(message);
    }

    private FakeProvider provider(String elementKey) {
        return Objects.requireNonNull(providers.get(elementKey));
    }

    private Consent consent(String elementKey) {
        return Consent.given(gateway.get("/elements/" + elementKey + "/oauth/url?"
                        + Parameters.encode(Map.of("apiKey", TokenDesk.CLIENT_ID, "callbackUrl", Bodies.CALLBACK_URL)))
                .path("oauthUrl")
                .asString());
    }

    private StoredTokens tokens(JsonNode instance) {
        return Objects.requireNonNull(
                gateway.part(Tokens.class).good(instance.path("id").asLong()).block(PATIENCE));
    }
}
