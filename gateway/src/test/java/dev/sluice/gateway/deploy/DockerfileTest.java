package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody builds the image in this build; so what can be seen without is looked at. {@code DockerfileIT} runs its lines. */
final class DockerfileTest {
    private final Dockerfile file = Dockerfile.read();

    @Test
    void copiesFromWhatIsThere() {
        List<String> stages = new ArrayList<>();
        for (Dockerfile.Instruction each : file.instructions()) {
            if (each.keyword().equals("FROM")) {
                List<String> words = each.words();
                assertThat(words.get(0))
                        .matches(name -> name.startsWith("${") || stages.contains(name), "a base or a stage");
                stages.add(words.size() == 3 ? words.get(2) : "");
            }
            if (each.keyword().equals("COPY") && !each.option("from").isEmpty()) {
                assertThat(stages).contains(each.option("from"));
            }
        }
        assertThat(stages).hasSize(4);
        assertThat(Path.of("..", "deploy", "train.sh")).isExecutable();
    }

    @Test
    void readsTheCacheThatItMade() {
        String cache = "/app/"
                + Path.of(file.all("COPY")
                                .get(file.all("COPY").size() - 1)
                                .words()
                                .get(0))
                        .getFileName();

        assertThat(file.entryPoint()).containsExactly("java", "-XX:AOTCache=" + cache, "-jar", "/app/sluice.jar");
        assertThat(file.all("RUN")).anyMatch(run -> run.arguments().endsWith(" /app/sluice.jar /tmp/sluice.aot"));
    }

    @Test
    void isWhatTheChartExpects() {
        JsonNode deployment = Chart.render("small").stream()
                .filter(object -> object.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        JsonNode pod = deployment.at("/spec/template/spec");
        List<String> environment = new ArrayList<>();
        pod.at("/containers/0/env")
                .forEach(variable -> environment.add(variable.path("name").asText() + "="
                        + variable.path("value").asText()));

        assertThat(environment).containsAll(file.environment());
        assertThat(pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText())
                .isEqualTo(file.all("USER").get(1).arguments());
        assertThat(pod.at("/containers/0/ports").findValuesAsText("containerPort"))
                .isEqualTo(file.all("EXPOSE").get(0).words());
    }

    @Test
    void sendsNoSecretOfALocalStartToTheBuilder() throws IOException {
        assertThat(Files.readAllLines(Path.of("..", ".dockerignore"))).contains("data", ".git", "**/target");
    }
}
