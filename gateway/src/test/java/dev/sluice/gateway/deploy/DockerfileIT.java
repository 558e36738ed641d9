package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The container's process, from what the Dockerfile's lines leave; {@code -Dsluice.java} has to name a Java 25, as its base does. */
@Tag("start-up")
final class DockerfileIT {
    private static final Path DIRECTORY = Path.of("target", "dockerfile").toAbsolutePath();
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);
    private static final int STARTS = 5;
    private static final double READY_SECONDS_MAX = 3;

    @Test
    void isReadySoonWithTheCacheOfItsTraining() throws Exception {
        Path home = java25();
        Dockerfile file = Dockerfile.read();
        UnpackedImage image = UnpackedImage.build(file, home, DIRECTORY);
        try (PostgresServer server = PostgresServer.start(PostgresServer.debian())) {
            GatewaySetup setup = setup(server, file, image);
            List<Double> seconds = new ArrayList<>();
            for (int start = 0; start < STARTS; start++) {
                try (Gateway gateway = Gateway.startJar(setup, home, image.there(Path.of("/app/sluice.jar")))) {
                    seconds.add(gateway.awaitReady(READY_LIMIT).toMillis() / 1e3);
                }
            }
            seconds.sort(null);
            System.out.println("The Dockerfile's own: ready after " + seconds + " s");
            assertThat(seconds.get(STARTS / 2)).as("median of %s s", seconds).isLessThanOrEqualTo(READY_SECONDS_MAX);
        }
    }

    private static GatewaySetup setup(PostgresServer server, Dockerfile file, UnpackedImage image) {
        try (EventLogReader maintenance = EventLogReader.connect(server.address())) {
            maintenance.execute("CREATE DATABASE container");
        }
        List<String> command = file.entryPoint();
        GatewaySetup setup = GatewaySetup.embedded("container", DIRECTORY)
                .on(server.address().withDatabase("container"), DIRECTORY.resolve("keyset.json"))
                // A cache that does not fit would be left aside without a word.
                .withOptions(List.of("-XX:AOTMode=on"))
                .withOptions(command.subList(1, command.indexOf("-jar")).stream()
                        .map(image::there)
                        .toList());
        for (String variable : file.environment()) {
            String[] parts = variable.split("=", 2);
            setup = setup.with(parts[0], image.there(parts[1]));
        }
        return setup;
    }

    private static Path java25() throws IOException {
        for (String home : System.getProperty("sluice.java", System.getProperty("java.home"))
                .split(",", -1)) {
            try (Stream<String> release = Files.lines(Path.of(home, "release"))) {
                if (release.anyMatch(line -> line.startsWith("JAVA_VERSION=\"25"))) {
                    return Path.of(home);
                }
            }
        }
        assumeTrue(false, "skipped: no Java 25 (expected: its home in -Dsluice.java)");
        throw new AssertionError();
    }
}
