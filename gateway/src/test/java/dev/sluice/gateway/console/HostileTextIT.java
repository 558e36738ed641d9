package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever somebody else wrote is shown as text: on every page that shows it, none of it becomes a part of the page. */
@ExtendWith(ConsoleGateway.Shared.class)
final class HostileTextIT {
    private final ConsoleGateway gateway;

    HostileTextIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void showsEveryVectorAsText() throws IOException, InterruptedException {
        List<String> vectors = vectors();
        assertThat(vectors).hasSizeGreaterThanOrEqualTo(100);
        Map<String, String> form = new HashMap<>();
        // One setting that the element does not check holds all of them at once, as do the fields that are refused.
        String all = String.join("\n", vectors);
        form.put("name", "Hostile");
        form.put("github.organization", "acme");
        form.put("github.repository", "shop");
        form.put("event.vendor.signature.key", all + "\n" + Planted.secret("hostile"));
        form.put("oauth.scope", vectors.get(0));
        form.put(
                "event.notification.callback.url",
                "https://app.example.com/" + URLEncoder.encode(vectors.get(0), UTF_8));
        HttpResponse<String> made = gateway.administrator().post("/console/elements/github/create", form);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        String page = made.headers().firstValue("Location").orElseThrow().replaceAll("\\?.*", "");
        for (String path : List.of(
                "",
                "/edit",
                "/delete",
                "/connect",
                "/endpoints",
                "?done=" + URLEncoder.encode(vectors.get(0), UTF_8))) {
            assertNoneIn(vectors, gateway.administrator().get(page + path).body());
        }

        form.put("name", all);
        form.put("tags", all);
        form.put("github.repository", "");
        form.put("event.notification.callback.headers", all + "\n" + Planted.secret("hostile"));
        form.put("event.notification.retry.schedule", vectors.get(0));
        form.put("event.notification.callback.url", vectors.get(0));
        HttpResponse<String> refused = gateway.administrator().post("/console/elements/github/create", form);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertNoneIn(vectors, refused.body());
    }

    @Test
    void showsEveryVectorOfAQueryAsText() throws IOException, InterruptedException {
        List<String> vectors = vectors();
        for (String vector : vectors) {
            String encoded = URLEncoder.encode(vector, UTF_8);
            assertNoneIn(
                    List.of(vector),
                    gateway.administrator()
                            .get("/console/instances?search=" + encoded + "&tag=" + encoded + "&element=" + encoded)
                            .body());
            assertNoneIn(
                    List.of(vector),
                    gateway.visit().get("/console/sign-in?to=" + encoded).body());
        }
        String encoded = URLEncoder.encode(vectors.get(0), UTF_8);
        assertNoneIn(
                vectors,
                gateway.administrator()
                        .get("/console/oauth/return?state=" + encoded + "&error=" + encoded)
                        .body());
    }

    private static void assertNoneIn(List<String> vectors, String html) {
        for (String vector : vectors) {
            assertThat(html).doesNotContain(vector);
        }
    }

    private static List<String> vectors() throws IOException {
        try (InputStream corpus =
                Objects.requireNonNull(HostileTextIT.class.getResourceAsStream("/console/hostile-texts.txt"))) {
            return new String(corpus.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
