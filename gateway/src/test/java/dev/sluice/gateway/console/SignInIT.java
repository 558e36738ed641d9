package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ConsoleGateway.Shared.class)
final class SignInIT {
    private final ConsoleGateway gateway;

    SignInIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void letsInWhoHasBothSecrets() throws IOException, InterruptedException {
        assertThat(gateway.administrator().get("/console/elements").body()).contains("GitHub", "Mailchimp");
    }

    @Test
    void saysThatTwoSecretsDoNotBelongTogetherAndGivesNoSession() throws IOException, InterruptedException {
        Visit visit = gateway.visit();

        HttpResponse<String> answer = visit.send(
                "/console/sign-in", Map.of("organization", ConsoleGateway.ORGANIZATION, "user", "wrong"), Map.of());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("do not belong together")
                .doesNotContain("value=\"" + ConsoleGateway.ORGANIZATION);
        assertThat(visit.cookie()).isEmpty();
    }

    @Test
    void sendsWhoIsNotSignedInToSignInAndBack() throws IOException, InterruptedException {
        HttpResponse<String> answer = gateway.visit().get("/console/instances?search=a");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).isEqualTo("/console/sign-in?to=%2Fconsole%2Finstances%3Fsearch%3Da");
        assertThat(gateway.visit().get(location(answer)).body()).contains("value=\"/console/instances?search=a\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/", "//evil.example", "/console/..//evil", "/\\evil.example", "javascript:x"
            })
    void leadsNowhereButToThisConsole(String to) throws IOException, InterruptedException {
        Visit visit = gateway.visit();

        String form = visit.get("/console/sign-in?to="
                        + java.net.URLEncoder.encode(to, java.nio.charset.StandardCharsets.UTF_8))
                .body();

        assertThat(form).containsPattern("name=\"to\" value=\"/console[^\"]*\"").doesNotContain("value=\"" + to);
    }

    @Test
    void takesNoSessionThatSomebodyElseMade() throws IOException, InterruptedException {
        Visit visit = gateway.visit().with("made-by-somebody-else");

        visit.signIn(ConsoleGateway.ORGANIZATION, ConsoleGateway.USER);

        assertThat(visit.cookie()).isNotEqualTo("made-by-somebody-else").hasSize(43);
    }

    @Test
    void endsOneSessionAndThenAll() throws IOException, InterruptedException {
        Visit one = gateway.visit();
        one.signIn(ConsoleGateway.ORGANIZATION, ConsoleGateway.USER);
        String session = one.cookie();

        one.post("/console/sign-out", Map.of());

        assertThat(one.cookie()).isEmpty();
        assertThat(gateway.visit().with(session).get("/console/instances").statusCode())
                .isEqualTo(303);
        assertThat(gateway.administrator().get("/console/instances").statusCode())
                .isEqualTo(200);
    }

    @Test
    void changesNothingWithoutTheTokenOfTheForm() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                gateway.visit().with(gateway.administrator().cookie()).send("/console/sign-out", Map.of(), Map.of());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("not from this session");
        assertThat(gateway.administrator().get("/console/instances").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1"})
    void takesNoFormOfAnotherSite(String origin) throws IOException, InterruptedException {
        HttpResponse<String> answer = gateway.visit()
                .send(
                        "/console/sign-in",
                        Map.of("organization", ConsoleGateway.ORGANIZATION, "user", ConsoleGateway.USER),
                        Map.of("Origin", origin));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void isFramedByNobodyAndRunsNothingInline() throws IOException, InterruptedException {
        HttpResponse<String> answer = gateway.administrator().get("/console/elements");

        assertThat(answer.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
                        .doesNotContain("unsafe"));
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body()).doesNotContain("<script>", "style=", " onclick=");
    }

    @Test
    void keepsTheFirstPageSmall() throws IOException, InterruptedException {
        Visit visit = gateway.administrator();
        String page = visit.get("/console/instances").body();
        int bytes = page.length();
        java.util.regex.Matcher asset =
                java.util.regex.Pattern.compile("/console/assets/[^\"]+").matcher(page);
        while (asset.find()) {
            HttpResponse<String> answer = visit.get(asset.group());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(kept -> assertThat(kept).contains("immutable"));
            bytes += answer.body().length();
        }
        assertThat(bytes).isBetween(50_000, 100_000);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
