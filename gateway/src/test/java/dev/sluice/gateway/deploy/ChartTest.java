package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChartTest {

    @Test
    void isWellFormedByHelmsOwnRules() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.getMessages()).noneMatch(message -> message.contains("[ERROR]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "small    | Deployment Ingress Job Service ServiceAccount",
                "ha       | ConfigMap Deployment HTTPRoute HorizontalPodAutoscaler Job PodDisruptionBudget PrometheusRule Service"
                        + " Service ServiceAccount ServiceMonitor",
                "hardened | Deployment Ingress Job NetworkPolicy PodDisruptionBudget PrometheusRule ScaledObject Service Service"
                        + " ServiceAccount ServiceMonitor"
            })
    void rendersOnlyWhatTheClusterKnows(String values, String kinds) {
        List<JsonNode> objects = Chart.render(values);

        assertThat(objects.stream().map(ChartTest::kind).sorted()).containsExactly(kinds.split(" "));
        assertThat(objects)
                .allSatisfy(object -> assertThat(Chart.strictly(object)).isNotNull());
    }

    @Test
    void wouldSeeAnUnknownField() {
        ObjectNode deployment = (ObjectNode) one("small", "Deployment");
        ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 30);

        assertThatThrownBy(() -> Chart.strictly(deployment)).hasMessageContaining("terminationGracePeriod");
    }

    @ParameterizedTest
    @CsvSource({"small", "ha", "hardened"})
    void runsWithoutAnyRight(String values) {
        for (String kind : List.of("Deployment", "Job")) {
            JsonNode pod = one(values, kind).at("/spec/template/spec");
            JsonNode container = pod.at("/containers/0");
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(container.at("/volumeMounts").findValuesAsText("mountPath"))
                    .contains("/tmp");
        }
    }

    @ParameterizedTest
    @CsvSource({"small", "ha", "hardened"})
    void takesSecretsByReferenceOnly(String values) {
        assertThat(Chart.render(values).stream().map(ChartTest::kind)).doesNotContain("Secret");
        JsonNode environment = one(values, "Deployment").at("/spec/template/spec/containers/0/env");

        assertThat(environment)
                .filteredOn(variable -> variable.has("valueFrom"))
                .extracting(variable -> variable.path("name").asText())
                .containsExactlyInAnyOrder("SLUICE_DATABASE_URL", "SLUICE_USER_SECRET", "SLUICE_ORGANIZATION_SECRET");
    }

    @Test
    void migratesInAJobAndNowhereElse() {
        assertThat(Chart.renderWithHooks("true", "small").stream().map(ChartTest::kind))
                .as("objects that are no hooks")
                .contains("Deployment")
                .doesNotContain("Job");
        assertThat(one("small", "Job")
                        .at("/spec/template/spec/containers/0/args/0")
                        .asText())
                .isEqualTo("migrate");
        assertThat(variable("small", "SLUICE_MIGRATE")).isEqualTo("false");
    }

    @Test
    void migratesWhereItsPodsMayRun() {
        for (String field : List.of("nodeSelector", "tolerations", "priorityClassName")) {
            JsonNode ofPods = one("hardened", "Deployment").at("/spec/template/spec/" + field);

            assertThat(ofPods.isMissingNode()).as(field).isFalse();
            assertThat(one("hardened", "Job").at("/spec/template/spec/" + field))
                    .isEqualTo(ofPods);
        }
    }

    @Test
    void neverShowsTheManagementPortOutside() {
        for (String values : List.of("small", "ha", "hardened")) {
            assertThat(Chart.render(values).stream()
                            .filter(object ->
                                    Stream.of("Service", "Ingress", "HTTPRoute").anyMatch(kind(object)::equals))
                            .filter(object ->
                                    !object.at("/spec/clusterIP").asText().equals("None")))
                    .isNotEmpty()
                    .noneMatch(object -> object.toString().contains("8081")
                            || object.toString().contains("management"));
        }
    }

    @Test
    void letsTracesReachTheirCollector() {
        assertThat(one("hardened", "NetworkPolicy").at("/spec/egress")).anySatisfy(rule -> {
            assertThat(rule.at("/to/0/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                            .asText())
                    .isEqualTo("tracing");
            assertThat(rule.at("/ports/0/port").asInt()).isEqualTo(4318);
        });
        assertThat(variable("hardened", "SLUICE_TRACING_OTLP_ENDPOINT"))
                .isEqualTo("http://collector.tracing:4318/v1/traces");
    }

    @Test
    void letsBodiesOf25MegabytesThrough() {
        assertThat(one("small", "Ingress")
                        .at("/metadata/annotations/nginx.ingress.kubernetes.io~1proxy-body-size")
                        .asText())
                .isEqualTo("25m");
        assertThat(Chart.render("small", "ingress.controller=traefik"))
                .anyMatch(object ->
                        object.at("/spec/buffering/maxRequestBodyBytes").asLong() == 25L << 20);
    }

    @Test
    void cutsThePrefixOffBeforeTheGateway() {
        JsonNode rule = one("ha", "HTTPRoute").at("/spec/rules/0");

        assertThat(rule.at("/matches/0/path/value").asText()).isEqualTo("/hooks/elements/api-v2");
        assertThat(rule.at("/filters/0/urlRewrite/path/replacePrefixMatch").asText())
                .isEqualTo("/elements/api-v2");
    }

    @Test
    void hasTimeToStop() {
        JsonNode pod = one("small", "Deployment").at("/spec/template/spec");

        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(variable("small", "SLUICE_SHUTDOWN_KEEP_ACCEPTING")).isEqualTo("5s");
    }

    @Test
    void refusesTwoAutoscalersAndWhatIsMissing() {
        assertThatThrownBy(() -> Chart.render("ha", "keda.enabled=true", "keda.prometheusAddress=http://p"))
                .hasMessageContaining("at most one");
        assertThatThrownBy(() -> Chart.render("small", "secret.name=")).hasMessageContaining("secret.name: empty");
        assertThatThrownBy(() -> Chart.render("small", "publicUrl=")).hasMessageContaining("publicUrl: empty");
    }

    private static String variable(String values, String name) {
        for (JsonNode variable : one(values, "Deployment").at("/spec/template/spec/containers/0/env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        throw new AssertionError("no variable " + name);
    }

    private static JsonNode one(String values, String kind) {
        return Chart.render(values).stream()
                .filter(object -> kind(object).equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }
}
