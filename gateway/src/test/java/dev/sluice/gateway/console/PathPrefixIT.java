package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console behind a proxy that takes a prefix off paths, ends https, and calls us by another host. */
@ExtendWith(ConsoleGateway.Shared.class)
final class PathPrefixIT {
    private static final Map<String, String> PROXY =
            Map.of("X-Forwarded-Proto", "https", "X-Forwarded-Host", "tools.example", "X-Forwarded-Prefix", "/hooks");
    private static final Pattern LINK = Pattern.compile(" (?:href|src|action|hx-get)=\"(/[^\"]*)\"");

    private final ConsoleGateway gateway;

    PathPrefixIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void leadsToSignInAndBackBelowThePrefix() throws IOException, InterruptedException {
        Visit visit = gateway.visit().through(PROXY);

        HttpResponse<String> away = visit.get("/console/instances?search=a");
        assertThat(located(away)).isEqualTo("/hooks/console/sign-in?to=%2Fconsole%2Finstances%3Fsearch%3Da");
        assertThat(visit.get("/console/sign-in").body()).contains("action=\"/hooks/console/sign-in\"");
        HttpResponse<String> in = visit.send(
                "/console/sign-in",
                Map.of(
                        "organization",
                        ConsoleGateway.ORGANIZATION,
                        "user",
                        ConsoleGateway.USER,
                        "to",
                        "/console/events"),
                Map.of("Origin", "https://tools.example"));

        assertThat(located(in)).isEqualTo("/hooks/console/events");
        assertThat(in.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie ->
                        assertThat(cookie).startsWith("__Host-sluice-session=").contains("Secure", "Path=/;"));
        assertThat(visit.get("/console/events").body()).contains("Events").doesNotContain("plain http");
    }

    @Test
    void keepsEveryLinkOfEveryPageBelowThePrefix() throws IOException, InterruptedException {
        String instance = gateway.made("Below a prefix", gateway.url() + "/demo/callback");
        String event = gateway.received(instance, "{\"action\":\"hire_candidate\",\"payload\":{}}");
        Visit visit = gateway.visit().through(PROXY);
        visit.signIn(ConsoleGateway.ORGANIZATION, ConsoleGateway.USER);
        String id = instance.replaceAll(".*/", "");

        for (String path : List.of(
                "/console/elements",
                "/console/elements/github/create",
                "/console/instances",
                instance,
                instance + "/edit",
                instance + "/arrival",
                instance + "/try",
                instance + "/endpoints",
                instance + "/redeliveries",
                instance + "/signature-key",
                "/console/events?instance=" + id,
                "/console/events/newest?instance=" + id,
                "/console/events/redeliver?from=2026-01-01T00:00:00Z&instance=" + id,
                "/console/events/" + event,
                "/console/nothing-here")) {
            Matcher link = LINK.matcher(visit.get(path).body());
            int links = 0;
            while (link.find()) {
                links++;
                assertThat(link.group(1)).as(path).startsWith("/hooks/console");
            }
            assertThat(links).as(path).isPositive();
        }
        assertThat(visit.get(instance).body())
                .contains("https://tools.example/hooks/elements/api-v2/events/greenhouse/");
        Matcher style = Pattern.compile("href=\"/hooks(/console/assets/[^\"]+)\"")
                .matcher(visit.get(instance).body());
        assertThat(style.find()).isTrue();
        assertThat(visit.get(style.group(1)).statusCode()).isEqualTo(200);
        assertThat(located(visit.post(instance + "/disable", Map.of()))).startsWith("/hooks" + instance);
    }

    @Test
    void takesNoFormThatAnotherSiteSentThroughTheProxy() throws IOException, InterruptedException {
        for (Map<String, String> sender : List.of(
                Map.of("Origin", "https://evil.example"),
                Map.of("Origin", "https://tools.example", "Sec-Fetch-Site", "same-site"),
                Map.of("Sec-Fetch-Site", "cross-site"))) {
            HttpResponse<String> answer = gateway.visit()
                    .through(PROXY)
                    .send(
                            "/console/sign-in",
                            Map.of("organization", ConsoleGateway.ORGANIZATION, "user", ConsoleGateway.USER),
                            sender);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    private static String located(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
