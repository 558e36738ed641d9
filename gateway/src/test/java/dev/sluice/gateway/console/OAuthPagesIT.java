package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.providers.Consent;
import dev.sluice.gateway.providers.FakeProvider;
import dev.sluice.gateway.providers.TokenDesk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From Create through the provider's page of consent, at a real OAuth server, to a notification; and once more. */
@ExtendWith(ConsoleGateway.Shared.class)
final class OAuthPagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CONTINUE = Pattern.compile("rel=\"noreferrer\" href=\"([^\"]+)\"");

    private final ConsoleGateway gateway;
    private final FakeProvider github;

    OAuthPagesIT(ConsoleGateway gateway) {
        this.gateway = gateway;
        this.github = gateway.github();
    }

    @Test
    void connectsANewInstanceNotifiesOfItsWebhookAndConnectsAgain() throws IOException, InterruptedException {
        int exchanged = github.asked("/oauth2/token").size();
        Set<String> before = github.tokens().live();
        String connect = located(gateway.administrator().post("/console/elements/github/create", form()));
        assertThat(connect).endsWith("/connect");
        String instance = connect.replace("/connect", "");
        String connected = instance + "?done=connected";

        Consent consent = consent(connect);
        assertThat(located(gateway.administrator().get(back(consent)))).isEqualTo(connected);

        String first = newest(before);
        assertThat(github.asked("/user")).isNotEmpty();
        String page = gateway.administrator().get(instance).body();
        assertThat(page).contains("Re-Authenticate", "By consent").doesNotContain(first, TokenDesk.CLIENT_SECRET);
        String sent = located(gateway.administrator().post(instance + "/try", Map.of("type", "push.commits")));
        await().atMost(PATIENCE)
                .until(() -> gateway.administrator().get(sent).body().contains(">notified<"));

        Consent again = consent(connect);
        assertThat(located(gateway.administrator().get(back(again)))).isEqualTo(connected);
        assertThat(github.asked("/oauth2/token")).hasSize(exchanged + 2);
        assertThat(github.tokens().live()).anyMatch(token -> !before.contains(token) && !token.equals(first));
    }

    private String newest(Set<String> before) {
        return github.tokens().live().stream()
                .filter(token -> !before.contains(token))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void takesNoWayBackThatBeganInAnotherSession() throws IOException, InterruptedException {
        String connect = located(gateway.administrator().post("/console/elements/github/create", form()));
        Consent consent = consent(connect);
        int exchanged = github.asked("/oauth2/token").size();

        assertThat(gateway.stranger().get(back(consent)).statusCode()).isEqualTo(403);
        assertThat(gateway.administrator()
                        .get("/console/oauth/return?code=" + consent.code() + "&state=1" + consent.state())
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> refused = gateway.administrator()
                .get("/console/oauth/return?error=access_denied&error_description=Not+today&state=" + consent.state());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("The provider sent no access: Not today");
        assertThat(github.asked("/oauth2/token")).hasSize(exchanged);
    }

    private Consent consent(String connect) throws IOException, InterruptedException {
        Matcher url = CONTINUE.matcher(gateway.administrator().get(connect).body());
        assertThat(url.find()).isTrue();
        return Consent.given(url.group(1).replace("&amp;", "&"));
    }

    private static String back(Consent consent) {
        return "/console/oauth/return?code=" + consent.code() + "&state=" + consent.state();
    }

    private Map<String, String> form() {
        return Map.of(
                "name", "By consent",
                "github.organization", "acme",
                "github.repository", "shop",
                "oauth.api.key", TokenDesk.CLIENT_ID,
                "oauth.api.secret", TokenDesk.CLIENT_SECRET,
                "event.vendor.signature.key", Planted.secret("key"),
                "event.notification.enabled", "true",
                "event.notification.callback.url", gateway.url() + "/demo/callback",
                "access", "oauth");
    }

    private static String located(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
