package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The commands of {@code docs/operations.md} fit what the chart makes of them. */
final class InstallTest {
    private static final Pattern INSTALL = Pattern.compile("(?m)^helm install (\\S+) deploy/helm/sluice (.*)$");
    private static final Pattern SETTING = Pattern.compile("--set (\\S+)");
    private static final Pattern SECRET = Pattern.compile("(?m)^kubectl create secret generic (\\S+) (.*)$");
    private static final Pattern NAMED = Pattern.compile("\\b(deployment|job|service)/([a-z-]+)");

    private static String page;
    private static List<JsonNode> objects;

    @BeforeAll
    static void install() throws IOException {
        page = Files.readString(Path.of("..", "docs", "operations.md")).replaceAll("\\\\\\R\\s*", "");
        MatchResult install = first(INSTALL);
        objects = Chart.install(
                install.group(1),
                SETTING.matcher(install.group(2))
                        .results()
                        .map(setting -> setting.group(1))
                        .toList());
    }

    @Test
    void makeWhatAClusterKnows() {
        assertThat(objects)
                .extracting(object -> object.path("kind").asText())
                .containsExactlyInAnyOrder(
                        "Deployment", "Ingress", "Job", "PodDisruptionBudget", "Service", "ServiceAccount");
        assertThat(objects)
                .allSatisfy(object -> assertThat(Chart.strictly(object)).isNotNull());
    }

    @Test
    void nameWhatThereIs() {
        assertThat(NAMED.matcher(page).results().toList())
                .hasSizeGreaterThan(4)
                .allSatisfy(named -> assertThat(objects)
                        .anyMatch(object -> object.path("kind").asText().equalsIgnoreCase(named.group(1))
                                && object.at("/metadata/name").asText().equals(named.group(2))));
    }

    @Test
    void makeTheSecretThatThePodsRead() {
        MatchResult secret = first(SECRET);
        JsonNode pod = one("Deployment").at("/spec/template/spec");
        List<JsonNode> keys = pod.findValues("secretKeyRef");

        assertThat(keys).hasSize(3).allSatisfy(key -> {
            assertThat(key.path("name").asText()).isEqualTo(secret.group(1));
            assertThat(secret.group(2))
                    .contains("--from-literal=" + key.path("key").asText() + "=");
        });
        assertThat(pod.at("/volumes/0/secret/items/0/key").asText()).isEqualTo("keyset.json");
        assertThat(secret.group(2)).contains("--from-file=keyset.json");
    }

    @Test
    void pushTheImageThatThePodsRun() {
        String image =
                one("Deployment").at("/spec/template/spec/containers/0/image").asText();

        assertThat(page).contains("docker build -f deploy/Dockerfile -t " + image + " ", "docker push " + image);
    }

    private static JsonNode one(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    private static MatchResult first(Pattern pattern) {
        return pattern.matcher(page).results().findFirst().orElseThrow();
    }
}
