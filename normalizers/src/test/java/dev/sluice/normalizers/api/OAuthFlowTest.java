package dev.sluice.normalizers.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Elements;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OAuthFlowTest {
    private static final OAuthClient CLIENT =
            new OAuthClient("id 1", "s&cret", "https://gw.example.com/back?x=1", "a b");

    @ParameterizedTest
    @CsvSource({
        "github, https://github.com/login/oauth/authorize",
        "box, https://account.box.com/api/oauth2/authorize",
        "hootsuite, https://platform.hootsuite.com/oauth2/auth",
        "mailchimpv3, https://login.mailchimp.com/oauth2/authorize",
    })
    void sendsUsersToTheProvider(String element, String uri) {
        String query = "response_type=code&client_id=id%201"
                + "&redirect_uri=https%3A%2F%2Fgw.example.com%2Fback%3Fx%3D1&scope=a%20b&state=state-of-8";

        assertThat(flow(element).authorizeUrl(CLIENT, "state-of-8")).isEqualTo(String.join("?", uri, query));
    }

    @Test
    void asksForNoScopeWhereNoneIsGiven() {
        OAuthClient client = new OAuthClient("id", "secret", "https://gw.example.com", "");

        assertThat(flow("mailchimpv3").authorizeUrl(client, "s"))
                .doesNotContain("scope")
                .endsWith("&state=s");
    }

    @Test
    void padsTheStateForHootsuite() {
        assertThat(flow("hootsuite").authorizeUrl(CLIENT, "abc")).endsWith("&state=abc.....");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "box", "mailchimpv3"})
    void sendsTheClientInTheForm(String element) {
        ProviderRequest request = flow(element).exchange(CLIENT, "c+1");

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.body())
                .isEqualTo("grant_type=authorization_code&code=c%2B1"
                        + "&redirect_uri=https%3A%2F%2Fgw.example.com%2Fback%3Fx%3D1"
                        + "&client_id=id%201&client_secret=s%26cret");
        assertThat(request.headers())
                .containsEntry("Accept", "application/json")
                .containsEntry("Content-Type", "application/x-www-form-urlencoded")
                .doesNotContainKey("Authorization");
    }

    @Test
    void sendsTheClientOnlyByBasicToHootsuite() {
        ProviderRequest request = flow("hootsuite").refresh(CLIENT, "r1");

        assertThat(request.headers()).containsEntry("Authorization", "Basic aWQgMTpzJmNyZXQ=");
        assertThat(request.body()).isEqualTo("grant_type=refresh_token&refresh_token=r1");
    }

    @ParameterizedTest
    @CsvSource({"github, https://github.com/login/oauth/access_token", "box, https://api.box.com/oauth2/token"})
    void asksForNewTokensWhereTheFirstCameFrom(String element, String uri) {
        ProviderRequest request = flow(element).refresh(CLIENT, "r/1");

        assertThat(request.toString()).isEqualTo("POST %s", uri);
        assertThat(request.body())
                .isEqualTo("grant_type=refresh_token&refresh_token=r%2F1&client_id=id%201&client_secret=s%26cret");
        assertThat(request.headers()).containsEntry("Accept", "application/json");
    }

    @Test
    void readsTokens() {
        assertThat(
                        flow("box")
                                .tokens(
                                        ok(
                                                "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":3600,\"restricted_to\":[]}")))
                .isEqualTo(new TokenOutcome.Granted("a", "r", Duration.ofHours(1)));
        assertThat(flow("hootsuite").tokens(ok("{\"access_token\":\"a\",\"token_Type\":\"x\",\"expires_in\":\"60\"}")))
                .isEqualTo(new TokenOutcome.Granted("a", null, Duration.ofMinutes(1)));
    }

    @Test
    void takesZeroSecondsAsNeverExpiring() {
        assertThat(flow("mailchimpv3").tokens(ok("{\"access_token\":\"a\",\"expires_in\":0,\"scope\":null}")))
                .isEqualTo(new TokenOutcome.Granted("a", null, null));
        assertThat(flow("github").tokens(ok("{\"access_token\":\"gho_1\",\"scope\":\"repo,gist\"}")))
                .isEqualTo(new TokenOutcome.Granted("gho_1", null, null));
    }

    @Test
    void takesAnErrorAsDeniedWhateverTheStatus() {
        String body = "{\"error\":\"bad_verification_code\",\"error_description\":\"The code is incorrect.\"}";

        assertThat(flow("github").tokens(ok(body)))
                .isEqualTo(new TokenOutcome.Denied("bad_verification_code", "The code is incorrect."));
        assertThat(flow("box").tokens(new ProviderResponse(400, "{\"error\":\"invalid_grant\"}")))
                .isEqualTo(new TokenOutcome.Denied("invalid_grant", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{}", "{\"access_token\":{}}"})
    void knowsNothingWhenTheAnswerIsNoToken(String body) {
        assertThat(flow("box").tokens(ok(body))).isInstanceOf(TokenOutcome.Unclear.class);
        assertThat(flow("box").tokens(new ProviderResponse(502, body)))
                .isEqualTo(new TokenOutcome.Unclear(
                        "token response: HTTP 502 without access_token (expected: 2xx with access_token)"));
    }

    @Test
    void givesTokensBackAsEachProviderTakesThem() {
        assertThat(flow("github").revoke(CLIENT, "t")).hasValueSatisfying(request -> {
            assertThat(request.method()).isEqualTo("DELETE");
            assertThat(request.url()).isEqualTo("https://api.github.com/applications/id%201/token");
            assertThat(request.body()).isEqualTo("{\"access_token\":\"t\"}");
            assertThat(request.headers()).containsEntry("Authorization", "Basic aWQgMTpzJmNyZXQ=");
        });
        assertThat(flow("box").revoke(CLIENT, "t"))
                .hasValueSatisfying(request ->
                        assertThat(request.body()).isEqualTo("client_id=id%201&client_secret=s%26cret&token=t"));
        assertThat(flow("hootsuite").revoke(CLIENT, "t")).isEmpty();
        assertThat(flow("mailchimpv3").revoke(CLIENT, "t")).isEmpty();
    }

    @Test
    void goesToOtherAddressesWhereTheInstallationSaysSo() {
        OAuthFlow flow = flow("github")
                .at(new Endpoints("http://localhost/a?b=c", "http://localhost/t", null, "http://localhost/api"));

        assertThat(flow.authorizeUrl(CLIENT, "s")).startsWith("http://localhost/a?b=c&response_type=code");
        assertThat(flow.exchange(CLIENT, "c").url()).isEqualTo("http://localhost/t");
        assertThat(flow.revoke(CLIENT, "t")).isEmpty();
    }

    @Test
    void showsNoSecretAsText() {
        assertThat(CLIENT.toString()).doesNotContain("s&cret");
        assertThat(flow("box").exchange(CLIENT, "code").toString()).doesNotContain("code", "s%26cret");
        assertThat(new TokenOutcome.Granted("aaa", "rrr", null).toString()).doesNotContain("aaa", "rrr");
        assertThat(ok("{\"access_token\":\"aaa\"}").toString()).doesNotContain("aaa");
    }

    @Test
    void greenhouseHasNoOAuth() {
        assertThat(Elements.all().find("greenhouse").orElseThrow().api().oauth())
                .isEmpty();
    }

    private static OAuthFlow flow(String element) {
        return Elements.all().find(element).orElseThrow().api().oauth().orElseThrow();
    }

    private static ProviderResponse ok(String body) {
        return new ProviderResponse(200, body);
    }
}
