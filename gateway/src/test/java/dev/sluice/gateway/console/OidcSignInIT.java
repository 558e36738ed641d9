package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing in by OpenID Connect, at a real server. */
@ExtendWith(ConsoleGateway.Shared.class)
final class OidcSignInIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger BROWSERS = new AtomicInteger();
    private static final Map<String, Object> ADMINISTRATOR =
            Map.of("email", "Admin@localhost", "email_verified", true, "sluice_organization", 1);

    private final ConsoleGateway gateway;
    private final OidcServer server;

    OidcSignInIT(ConsoleGateway gateway) {
        this.gateway = gateway;
        this.server = gateway.oidc();
    }

    @Test
    void signsInTheUserWhomTheClaimsName() throws IOException, InterruptedException {
        Browser browser = new Browser();
        assertThat(browser.get("/console/sign-in?to=/console/events").body())
                .contains("/console/sign-in/oidc?to=/console/events", "Sign in with localhost");

        HttpResponse<String> in = browser.signIn(ADMINISTRATOR, 300);

        assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
        assertThat(in.headers().firstValue("Location")).hasValue("/console/events");
        assertThat(browser.get("/console/events").body()).contains("Default organization", "admin@localhost");
    }

    static Stream<Arguments> tokensThatDoNotHold() {
        return Stream.of(
                Arguments.of(Map.of("nonce", "replayed-from-another-round"), 300, "does not hold"),
                Arguments.of(Map.of(), -120, "does not hold"),
                Arguments.of(Map.of("iss", "https://somebody-else.example"), 300, "does not hold"),
                Arguments.of(Map.of("aud", "another-client"), 300, "does not hold"),
                Arguments.of(Map.of("sluice_organization", 4711), 300, "no account here"),
                Arguments.of(Map.of("sluice_organization", "the first"), 300, "no organization"),
                Arguments.of(Map.of("email", "nobody@example.org"), 300, "no account here"),
                Arguments.of(Map.of("email_verified", false), 300, "no verified claim email"));
    }

    @ParameterizedTest
    @MethodSource("tokensThatDoNotHold")
    void signsNobodyInByATokenThatDoesNotHold(Map<String, Object> otherwise, int secondsValid, String why)
            throws IOException, InterruptedException {
        Map<String, Object> claims = new HashMap<>(ADMINISTRATOR);
        claims.putAll(otherwise);
        Browser browser = new Browser();

        HttpResponse<String> answer = browser.signIn(claims, secondsValid);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains(why, "Sign in to Sluice");
        assertThat(browser.isSignedIn()).isFalse();
    }

    @Test
    void signsNobodyInWithoutTheOrganizationsClaim() throws IOException, InterruptedException {
        Browser browser = new Browser();

        HttpResponse<String> answer = browser.signIn(Map.of("email", "admin@localhost"), 300);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("has no claim sluice_organization");
    }

    @Test
    void takesNoAnswerToAnotherBrowserOrStateAndNoneTwice() throws IOException, InterruptedException {
        Browser browser = new Browser();
        String back = browser.goThere();
        String altered = back.replaceAll("state=([^&]{3})", "state=xyz");

        Browser victim = new Browser();
        assertThat(victim.comeBack(back).statusCode()).isEqualTo(403);
        victim.begin();
        assertThat(victim.comeBack(back).statusCode()).isEqualTo(403);
        assertThat(victim.isSignedIn()).isFalse();
        assertThat(altered).isNotEqualTo(back);
        assertThat(browser.comeBack(altered).statusCode()).isEqualTo(403);
        assertThat(browser.isSignedIn()).isFalse();

        server.says(ADMINISTRATOR, 300);
        assertThat(browser.comeBack(back).statusCode()).isEqualTo(303);
        assertThat(browser.isSignedIn()).isTrue();
        assertThat(browser.comeBack(back).statusCode()).isEqualTo(403);
    }

    @Test
    void takesNoAnswerOfAnotherIssuerAndSaysWhyThereIsNone() throws IOException, InterruptedException {
        Browser foreign = new Browser();
        String back = foreign.goThere();
        assertThat(foreign.comeBack(back + "&iss=https%3A%2F%2Fsomebody-else.example")
                        .body())
                .contains("another identity provider");
        assertThat(foreign.isSignedIn()).isFalse();

        Browser refused = new Browser();
        String state = back(refused.begin());
        assertThat(refused.get("/console/sign-in/oidc/return?error=access_denied&error_description=%3Cb%3ENo&state="
                                + state)
                        .body())
                .contains("signed nobody in: &lt;b&gt;No");
    }

    private static String back(HttpResponse<String> begun) {
        return begun.headers().firstValue("Location").orElseThrow().replaceAll(".*[?&]state=([^&]+).*", "$1");
    }

    /** A browser of its own, at an address of its own. */
    private final class Browser {
        private final String address = "10.0.1." + BROWSERS.incrementAndGet();
        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

        HttpResponse<String> get(String path) throws IOException, InterruptedException {
            return send(path.startsWith("http") ? path : gateway.url() + path);
        }

        private HttpResponse<String> send(String url) throws IOException, InterruptedException {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .timeout(PATIENCE)
                            .header("X-Forwarded-For", address)
                            .build(),
                    BodyHandlers.ofString());
        }

        HttpResponse<String> begin() throws IOException, InterruptedException {
            HttpResponse<String> begun = get("/console/sign-in/oidc?to=/console/events");
            assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
            assertThat(located(begun))
                    .startsWith(server.issuer())
                    .contains("code_challenge_method=S256", "nonce=", "response_type=code", "redirect_uri=");
            return begun;
        }

        /** To the identity provider; where it sends the browser back to. */
        String goThere() throws IOException, InterruptedException {
            return located(send(located(begin())));
        }

        HttpResponse<String> comeBack(String url) throws IOException, InterruptedException {
            return send(url);
        }

        /** There and back, with a token that says that. */
        HttpResponse<String> signIn(Map<String, ?> claims, int secondsValid) throws IOException, InterruptedException {
            String back = goThere();
            server.says(claims, secondsValid);
            return comeBack(back);
        }

        boolean isSignedIn() throws IOException, InterruptedException {
            return get("/console/instances").statusCode() == 200;
        }

        private String located(HttpResponse<String> answer) {
            return answer.headers().firstValue("Location").orElseThrow();
        }
    }
}
