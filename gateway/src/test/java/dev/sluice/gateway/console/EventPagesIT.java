package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ConsoleGateway.Shared.class)
final class EventPagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConsoleGateway gateway;

    EventPagesIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void tellsAnEventsLifeAndSendsItAgain() throws IOException, InterruptedException {
        String instance = gateway.made("Hires", gateway.url() + "/demo/callback");
        String event = gateway.received(
                instance, "{\"action\":\"hire_candidate\",\"payload\":{\"application\":{\"id\":4711}}}");

        awaitOn("/console/events/" + event, "status 200 after");
        String page = gateway.administrator().get("/console/events/" + event).body();
        assertThat(page)
                .contains("Received and stored", "Attempt 1", "notified", "Hires", "4711", "hire_candidate")
                .contains("webhook-id", "standardwebhooks", "curl -sS -X POST");

        HttpResponse<String> again = gateway.administrator().post("/console/events/" + event + "/redeliver", Map.of());
        assertThat(again.statusCode()).isEqualTo(303);
        await().atMost(PATIENCE)
                .until(() -> count(
                                gateway.administrator()
                                        .get("/console/events/" + event)
                                        .body(),
                                "status 200 after")
                        == 2);
        assertThat(gateway.administrator().get("/console/events/" + event).body())
                .as("the two are told apart")
                .containsOnlyOnce("Attempt 1: status 200")
                .containsOnlyOnce("Sent again, attempt 1: status 200");
    }

    @Test
    void saysWhyACallbackFailsAndWhenItIsTriedAgain() throws IOException, InterruptedException {
        String instance = gateway.made("Nobody listens", "http://localhost:1/events");
        String event = gateway.received(instance, "{\"action\":\"new_candidate_application\",\"payload\":{}}");

        awaitOn("/console/events/" + event, "Attempt 2 is due");
        assertThat(gateway.administrator().get("/console/events/" + event).body())
                .contains("Attempt 1: ", "http://localhost:1/events", "dispatched")
                .contains("Nothing listens at http://localhost:1: connection refused. Start the receiver there")
                .contains("href=\"" + instance + "/edit\"")
                .doesNotContain("status 200");

        String mended = gateway.url() + "/demo/callback";
        gateway.administrator()
                .post(
                        instance + "/edit",
                        Map.of(
                                "name", "Somebody listens",
                                "event.notification.enabled", "true",
                                "event.notification.callback.url", mended));
        gateway.administrator().post("/console/events/" + event + "/redeliver", Map.of());
        awaitOn("/console/events/" + event, "status 200 after");
        assertThat(gateway.administrator().get("/console/events/" + event).body())
                .contains("to http://localhost:1/events, the callback URL until it was changed")
                .contains("to " + mended + "<");
    }

    @Test
    void findsByStatusObjectAndIdAndExportsTheSame() throws IOException, InterruptedException {
        String instance = gateway.made("Found", gateway.url() + "/demo/callback");
        String event = gateway.received(
                instance, "{\"action\":\"hire_candidate\",\"payload\":{\"application\":{\"id\":815}}}");
        String id = instance.substring(instance.lastIndexOf('/') + 1);

        awaitOn("/console/events?status=NOTIFIED&instance=" + id, event);
        assertThat(gateway.administrator()
                        .get("/console/events?instance=" + id + "&status=FAILED")
                        .body())
                .contains("None like that");
        assertThat(gateway.administrator()
                        .get("/console/events?id=" + event)
                        .headers()
                        .firstValue("Location"))
                .hasValue("/console/events/" + event);
        HttpResponse<String> csv = gateway.administrator().get("/console/events.csv?instance=" + id);
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(how -> assertThat(how).startsWith("attachment"));
        assertThat(csv.body())
                .startsWith("id,received,status")
                .contains(event, "\"Found\"")
                .hasLineCount(2);
    }

    @Test
    void findsByElementAndByATextInTheObjectsId() throws IOException, InterruptedException {
        String instance = gateway.made("Texts", gateway.url() + "/demo/callback");
        String event = gateway.received(
                instance,
                "{\"action\":\"hire_candidate\",\"payload\":{\"application\":{\"id\":\"Left-Kumquat-Right\"}}}");

        awaitOn("/console/events?idText=kumQUAT", event);
        String ofInstance = "/console/events?instance=" + instance.replaceAll(".*/", "");
        for (String filter :
                List.of("&idText=kumquat", "&elementKey=greenhouse&idText=right", "&elementKey=greenhouse")) {
            assertThat(page(ofInstance + filter)).as(filter).contains(event);
            assertThat(gateway.administrator()
                            .get("/console/events.csv" + ofInstance.substring(15) + filter)
                            .body())
                    .as(filter)
                    .contains(event);
        }
        assertThat(page("/console/events?elementKey=greenhouse&idText=kumquat")).contains(event);
        for (String filter : List.of("&elementKey=box", "&idText=kumquats", "&idText=k_mquat", "&idText=%25")) {
            assertThat(page(ofInstance + filter))
                    .as(filter)
                    .contains("None like that")
                    .doesNotContain(event);
            assertThat(page("/console/events?" + filter)).as(filter).doesNotContain(event);
        }
    }

    @Test
    void findsTheEventOfAWebhookId() throws IOException, InterruptedException {
        String event = gateway.received(
                gateway.made("Named", gateway.url() + "/demo/callback"),
                "{\"action\":\"hire_candidate\",\"payload\":{}}");
        Matcher webhookId =
                Pattern.compile("has the id <code>([^<]{48})</code>").matcher(page("/console/events/" + event));
        assertThat(webhookId.find()).isTrue();

        assertThat(gateway.administrator()
                        .get("/console/events?id=" + webhookId.group(1))
                        .headers()
                        .firstValue("Location"))
                .hasValue("/console/events/" + event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "box", "hootsuite", "greenhouse", "mailchimpv3"})
    void sendsATestEventOfEachElementThroughTheRealPipeline(String element) throws IOException, InterruptedException {
        HttpResponse<String> made = gateway.administrator()
                .post(
                        "/console/elements/" + element + "/create",
                        Map.of(
                                "name", "Tried",
                                "github.organization", "acme",
                                "github.repository", "shop",
                                "event.vendor.signature.key", Planted.secret("key"),
                                "event.notification.enabled", "true",
                                "event.notification.callback.url", gateway.url() + "/demo/callback"));
        String instance = made.headers().firstValue("Location").orElseThrow().replaceAll("\\?.*", "");
        Matcher type = Pattern.compile("<option value=\"([^\"]+)\"")
                .matcher(gateway.administrator().get(instance + "/try").body());
        assertThat(type.find()).isTrue();

        HttpResponse<String> sent = gateway.administrator().post(instance + "/try", Map.of("type", type.group(1)));

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        awaitOn(sent.headers().firstValue("Location").orElseThrow(), "notified");
    }

    @Test
    void holdsAnEndpointBackAndLetsItGoOn() throws IOException, InterruptedException {
        String page = gateway.made("Held back", gateway.url() + "/demo/callback") + "/endpoints";
        Matcher endpoint = Pattern.compile("action=\"([^\"]+/deactivate)\"")
                .matcher(gateway.administrator().get(page).body());
        assertThat(endpoint.find()).isTrue();

        gateway.stranger().post(endpoint.group(1), Map.of());
        assertThat(gateway.administrator().get(page).body()).contains(">active<");
        gateway.administrator().post(endpoint.group(1), Map.of());
        assertThat(gateway.administrator().get(page).body()).contains(">deactivated<", "Deactivated on demand.");
        gateway.administrator().post(endpoint.group(1).replace("deactivate", "reactivate"), Map.of());
        assertThat(gateway.administrator().get(page).body()).doesNotContain(">deactivated<", "on demand");
    }

    @Test
    void saysWhatIsWrongWithAFilter() throws IOException, InterruptedException {
        assertThat(gateway.administrator().get("/console/events?from=yesterday").body())
                .contains("from: yesterday (expected: a time such as");
    }

    @Test
    void showsAnotherOrganizationNothing() throws IOException, InterruptedException {
        String instance = gateway.made("Not yours", gateway.url() + "/demo/callback");
        String event = gateway.received(instance, "{\"action\":\"hire_candidate\",\"payload\":{}}");

        assertThat(gateway.stranger().get("/console/events/" + event).statusCode())
                .isEqualTo(404);
        assertThat(gateway.stranger()
                        .get("/console/events/" + event + "/timeline")
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.stranger()
                        .post("/console/events/" + event + "/redeliver", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(gateway.stranger().get("/console/events").body()).contains("No event yet");
    }

    @Test
    void showsHostileBodiesAsText() throws IOException, InterruptedException {
        List<String> vectors = vectors();
        String text = String.join(" ", vectors)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\t", " ");
        String instance = gateway.made("Hostile bodies", gateway.url() + "/demo/callback");
        String event = gateway.received(
                instance,
                "{\"action\":\"" + text + "\",\"payload\":{\"application\":{\"id\":\"" + text + "\",\"x\":\"" + text
                        + "\"}}}");

        for (String path :
                List.of("/console/events/" + event, "/console/events?instance=" + instance.replaceAll(".*/", ""))) {
            String page = gateway.administrator().get(path).body();
            assertThat(page).contains("&lt;script&gt;");
            vectors.stream()
                    .filter(vector -> vector.contains("<"))
                    .forEach(vector -> assertThat(page).doesNotContain(vector));
        }
    }

    private String page(String path) throws IOException, InterruptedException {
        return gateway.administrator().get(path).body();
    }

    private void awaitOn(String path, String text) {
        await().atMost(PATIENCE)
                .until(() -> gateway.administrator().get(path).body().contains(text));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<String> vectors() throws IOException {
        try (InputStream corpus =
                Objects.requireNonNull(EventPagesIT.class.getResourceAsStream("/console/hostile-texts.txt"))) {
            return new String(corpus.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
