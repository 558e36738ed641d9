package dev.sluice.gateway.isolation;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.command.Commands;
import dev.sluice.gateway.provisioning.ApiClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class KeysetRotationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void changesTheKeyOfARunningGateway() {
        try (WholeGateway gateway = new WholeGateway(directory)) {
            ApiClient api = gateway.as(WholeGateway.ADMINISTRATOR);
            JsonNode before = api.create(GITHUB);
            String sealedBefore = gateway.digest("instance", "TRUE");

            assertThat(keyset("add")).isEqualTo("The keyset holds 2 keys.");
            assertThat(keyset("promote")).isEqualTo("The keyset holds 2 keys.");
            await().atMost(PATIENCE)
                    .until(() -> !gateway.digest("instance", "TRUE").equals(sealedBefore));
            assertThat(keyset("remove")).isEqualTo("The keyset holds 1 key.");

            JsonNode after = api.create(GITHUB);
            assertThat(api.read(path(before))).isEqualTo(before);
            assertThat(api.read(path(after))).isEqualTo(after);
        }
        try (WholeGateway again = new WholeGateway(directory)) {
            assertThat(again.as(WholeGateway.ADMINISTRATOR).read("/instances")).hasSize(2);
        }
    }

    @Test
    void saysHowItIsUsed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(Commands.run(
                        List.of("keyset", "turn", "keyset.json"), new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: keyset create|add|promote|remove <file>");
        assertThat(Commands.run(
                        List.of("keyset", "add", "/nothing/here"), new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isOne();
    }

    private String keyset(String change) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Commands.run(
                List.of("keyset", change, directory.resolve("data/keyset.json").toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).strip();
    }
}
