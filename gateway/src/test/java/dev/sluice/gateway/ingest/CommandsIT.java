package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.gateway.command.Commands;
import dev.sluice.gateway.ingest.GatewayClient.Instance;
import dev.sluice.gateway.planted.Planted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the jar's commands do with a running gateway. */
final class CommandsIT extends OverHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern METER = Pattern.compile("\\b(?:sluice|jvm)_[a-z_]+[a-z]\\b");
    private static final String KEY = Planted.secret("vendor");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "github, pull_request, pull_request.opened, pull_request",
        "box, file.uploaded, file.uploaded, file",
        "hootsuite, messages.sent, messages.sent, messages",
        "greenhouse, hire_candidate, hire_candidate, application",
        "mailchimpv3, subscribe, subscribe, members"
    })
    void bringsASampleToTheCallback(String element, String asked, String type, String objectType) {
        Instance instance = client.provision(element, callback, configuration(element));

        assertThat(run("trigger", element, asked, "--key", KEY, "--instance", String.valueOf(instance.id())))
                .isZero();
        assertThat(run("trigger", element, asked, "--key", KEY)).isZero();

        assertThat(said()).contains("200  ").contains(" ms  " + element + " " + type + " to instance " + instance.id());
        assertThat(callback.await(instance.id(), 2))
                .allSatisfy(
                        notification -> assertThat(notification.items().get(0)).startsWith(objectType + " "));
    }

    @Test
    void saysHowToMendAWrongKey() {
        Instance instance = client.provision("github", callback, configuration("github"));

        assertThat(run("trigger", "github", "push", "--instance", String.valueOf(instance.id())))
                .isOne();
        assertThat(said()).contains("401  ").contains("--key");
    }

    @Test
    void saysThatThereIsNoSuchInstance() {
        assertThat(run("trigger", "github", "push", "--instance", "99")).isOne();
        assertThat(run("listen", "--forward-to", callback.url(), "--instance", "98"))
                .isOne();
        assertThat(said()).contains("has no instance 99 of this", "has no instance 98 of this");
    }

    @Test
    void handsNotificationsOnToALocalServerWithTheSameIdAndSigned() throws Exception {
        Instance instance = client.provision("github", callback, configuration("github"));
        String id = String.valueOf(instance.id());
        run("trigger", "github", "push", "--key", KEY, "--instance", id);
        String before = callback.await(instance.id(), 1)
                .get(0)
                .headers()
                .firstValue("webhook-id")
                .orElseThrow();
        try (CallbackServer local = new CallbackServer()) {
            CompletableFuture<Integer> listening = CompletableFuture.supplyAsync(() -> run(
                    "listen",
                    "--forward-to",
                    local.url(),
                    "--instance",
                    id,
                    "--key",
                    CallbackServer.KEY,
                    "--count",
                    "1"));
            await().atMost(PATIENCE).until(() -> said().contains("Listening to instance " + id));

            run("trigger", "github", "issues.opened", "--key", KEY, "--instance", id);

            assertThat(listening.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
            CallbackServer.Notification handedOn = local.await(instance.id(), 1).get(0);
            assertThat(callback.await(instance.id(), 2))
                    .anySatisfy(original -> assertThat(original.headers().firstValue("webhook-id"))
                            .isEqualTo(handedOn.headers().firstValue("webhook-id")));
            assertThat(said())
                    .containsPattern("200  \\d+ ms  \\S+  issues \\d+ CREATED")
                    .doesNotContain(before);
        }
    }

    @Test
    void hasEveryMeterThatDashboardAlertsAndScalingName() throws IOException {
        Instance instance = client.provision("github", callback, configuration("github"));
        run("trigger", "github", "push", "--key", KEY, "--instance", String.valueOf(instance.id()));
        callback.await(instance.id(), 1);
        Path chart = Path.of("..", "deploy", "helm", "sluice");
        String named = Files.readString(chart.resolve("dashboards/sluice.json"))
                + Files.readString(chart.resolve("templates/prometheusrule.yaml"))
                + Files.readString(chart.resolve("templates/autoscaling.yaml"));

        Set<String> names =
                METER.matcher(named).results().map(MatchResult::group).collect(Collectors.toSet());
        assertThat(names).hasSizeGreaterThan(15);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(METER.matcher(management("/actuator/prometheus"))
                                .results()
                                .map(MatchResult::group)
                                .collect(Collectors.toSet()))
                        .containsAll(names));
    }

    @Test
    void saysWhetherTheLogsAreReadyForTomorrow() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(management("/actuator/prometheus"))
                        .containsPattern("sluice_partitions_ahead_days(\\{[^}]*})? 3\\.0"));
        assertThat(management("/actuator/health"))
                .contains("\"status\":\"UP\"")
                .contains("\"daysAhead\":3", "\"database\":{");
    }

    @Test
    void saysNoMoreThanItsStatusWhereProvidersCall() throws Exception {
        for (String probe : List.of("/livez", "/readyz")) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(client.base() + probe))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
        }
    }

    @Test
    void showsWhatItIsMadeOf() {
        assumeTrue(
                getClass().getResource("/META-INF/sbom/application.cdx.json") != null
                        || "true".equals(System.getenv("CI")),
                "skipped: there is no bill of materials (expected: a build with network, which Maven's plugin asks for)");
        assertThat(management("/actuator/sbom/application"))
                .contains("\"bomFormat\" : \"CycloneDX\"")
                .contains("pkg:maven/org.postgresql/r2dbc-postgresql@")
                .doesNotContain("pkg:maven/org.junit");
    }

    private static Map<String, String> configuration(String element) {
        return element.equals("github")
                ? Map.of("github.organization", "acme", "github.repository", "shop", "event.vendor.signature.key", KEY)
                : Map.of("event.vendor.signature.key", KEY);
    }

    private int run(String... words) {
        return Commands.run(
                Stream.concat(
                                Stream.of(words),
                                Stream.of(
                                        "--url",
                                        client.base(),
                                        "--user-secret",
                                        GatewayClient.USER,
                                        "--organization-secret",
                                        GatewayClient.ORGANIZATION))
                        .toList(),
                new PrintStream(said, true, UTF_8));
    }

    private String said() {
        return said.toString(UTF_8);
    }
}
