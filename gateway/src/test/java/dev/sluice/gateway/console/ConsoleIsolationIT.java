package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.isolation.RoutePaths;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Walks every page and form of the console, signed in as somebody of another organization and as nobody, towards what belongs
 * to one. As in {@code IsolationIT} the routes are asked for, so that a new page is walked too.
 */
@ExtendWith(ConsoleGateway.Shared.class)
final class ConsoleIsolationIT {
    private static final String MARKER = "marker-of-the-owner";
    private static final Map<String, String> FORM =
            Map.of("name", "stolen", "github.organization", "stolen", "github.repository", "stolen", "type", "push");

    private final ConsoleGateway gateway;

    ConsoleIsolationIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void keepsAllOfAnOrganizationFromEveryOther() throws IOException, InterruptedException {
        String instance = gateway.made(MARKER, gateway.url() + "/demo/callback?" + MARKER);
        String event = gateway.received(
                instance, "{\"action\":\"hire_candidate\",\"payload\":{\"application\":{\"id\":\"" + MARKER + "\"}}}");
        Map<String, String> owned = Map.of(
                "/console/instances/{id}",
                instance,
                "/console/events/{eventId}",
                "/console/events/" + event,
                "{endpointId}",
                found(instance + "/endpoints", "/endpoints/(\\d+)/deactivate"),
                "{jobId}",
                ordered(instance).replaceAll(".*/", ""));
        List<String> before = state(instance);
        Visit nobody = gateway.visit();

        for (String pattern : RoutePaths.below("/console", gateway.routes())) {
            String path = pattern;
            for (Map.Entry<String, String> each : owned.entrySet()) {
                path = path.replace(each.getKey(), each.getValue());
            }
            path = path.replace("{key}", "github");
            // Who signs the shared stranger out keeps nothing from anybody; what goes on and on LiveListIT looks at.
            if (!path.startsWith("/console/sign-") && !path.endsWith("/tail")) {
                assertThat(path).doesNotContain("{");
                boolean isOwned = !path.equals(pattern.replace("{key}", "github"));
                assertNothingIn(path, isOwned, gateway.stranger().get(path));
                assertNothingIn(path, isOwned, gateway.stranger().post(path, FORM));
                HttpResponse<String> unknown = nobody.get(path);
                assertThat(unknown.body()).as(path).doesNotContain(MARKER);
                assertThat(unknown.statusCode() == 200).as(path).isEqualTo(path.contains("/assets/"));
            }
        }

        assertThat(state(instance)).isEqualTo(before);
    }

    private static void assertNothingIn(String path, boolean isOwned, HttpResponse<String> answer) {
        assertThat(answer.body()).as(path).doesNotContain(MARKER);
        if (isOwned) {
            assertThat(answer.statusCode()).as(path).isIn(404, 405);
        }
    }

    private List<String> state(String instance) {
        String id = instance.replaceAll(".*/", "");
        return List.of(
                gateway.digest("instance", "id = " + id),
                gateway.digest("(SELECT instance_id, id, state FROM endpoint)", "instance_id = " + id));
    }

    /** An order to send the instance's events again. */
    private String ordered(String instance) throws IOException, InterruptedException {
        String order = located(
                gateway.administrator().get("/console/events/redeliver?instance=" + instance.replaceAll(".*/", "")));
        return located(gateway.administrator().post(order, Map.of()));
    }

    private static String located(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private String found(String page, String pattern) throws IOException, InterruptedException {
        Matcher found = Pattern.compile(pattern)
                .matcher(gateway.administrator().get(page).body());
        assertThat(found.find()).as(page).isTrue();
        return found.group(1);
    }
}
