package dev.sluice.gateway.deploy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The jar that the build has made says what it is, and holds nothing of where, when or by whom it was built. */
final class JarIT {
    private static final Path JAR = Path.of("target", "sluice.jar");
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    /** Other people's: with the times of their own builds, in files that never change. */
    private static final Pattern LIBRARY = Pattern.compile("BOOT-INF/lib/(?!sluice-).*");

    /** What such a second time begins with. */
    private static final byte NTFS = 0x0a;

    private static final List<Part> PARTS = new ArrayList<>();

    /**
     * One file of the jar, or of one of our own jars in it.
     *
     * @param time as it stands there; a time without a zone is taken for UTC
     */
    private record Part(String name, Instant time, String content) {}

    @BeforeAll
    static void open() throws IOException {
        try (InputStream jar = Files.newInputStream(JAR)) {
            add("", jar);
        }
    }

    private static void add(String place, InputStream stream) throws IOException {
        ZipInputStream zip = new ZipInputStream(stream);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = place + entry.getName();
            byte[] content = LIBRARY.matcher(name).matches() ? new byte[0] : zip.readAllBytes();
            PARTS.add(new Part(name, time(entry), new String(content, ISO_8859_1)));
            if (place.isEmpty() && name.endsWith(".jar")) {
                add(name + "!/", new ByteArrayInputStream(content));
            }
        }
    }

    /** A part has a time without a zone, and some have a second one that is a moment: it tells the zone of who built it. */
    private static Instant time(ZipEntry entry) {
        byte[] extra = entry.getExtra();
        boolean hasMoment = extra != null && extra[0] == NTFS;
        return hasMoment
                ? entry.getLastModifiedTime().toInstant()
                : entry.getTimeLocal().toInstant(ZoneOffset.UTC);
    }

    @Test
    void saysItsVersion() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toString(),
                        "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines()).hasSize(2).startsWith("sluice " + pom("version"));
    }

    @Test
    void hasOneTime() throws IOException {
        Instant time = Instant.parse(pom("project.build.outputTimestamp"));

        assertThat(PARTS)
                .hasSizeGreaterThan(500)
                .allSatisfy(part -> assertThat(part.time()).as(part.name()).isEqualTo(time));
    }

    @Test
    void namesNoPlaceAndNobody() throws IOException {
        // A user without a home, as in a container, has none that could be named.
        List<String> places = Stream.of(ROOT.toString(), System.getProperty("user.home"))
                .filter(place -> Path.of(place).getNameCount() > 0 && place.startsWith("/"))
                .map(place -> place + "/")
                .toList();

        assertThat(PARTS)
                .filteredOn(part -> places.stream().anyMatch(part.content()::contains))
                .extracting(Part::name)
                .isEmpty();
        assertThat(PARTS)
                .filteredOn(part -> part.name().endsWith("MANIFEST.MF"))
                .hasSize(3)
                .allSatisfy(part -> {
                    Manifest manifest =
                            new Manifest(new ByteArrayInputStream(part.content().getBytes(ISO_8859_1)));
                    assertThat(manifest.getMainAttributes().keySet())
                            .extracting(Object::toString)
                            .doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Build-Host");
                });
    }

    @Test
    void listsItsPartsInTheSameWordsEachTime() throws IOException {
        String bill = PARTS.stream()
                .filter(part -> part.name().endsWith("META-INF/sbom/application.cdx.json"))
                .map(Part::content)
                .findFirst()
                .orElse("");
        assumeTrue(
                !bill.isEmpty() || "true".equals(System.getenv("CI")),
                "skipped: there is no bill of materials (expected: a build with network, which Maven's plugin asks for)");
        JsonNode read = JsonMapper.shared().readTree(bill);

        assertThat(UUID.fromString(read.path("serialNumber").asString().replace("urn:uuid:", ""))
                        .version())
                .as("3 is made of a name, 4 is left to chance")
                .isEqualTo(3);
        assertThat(read.at("/metadata/timestamp").asString("none")).isIn("none", pom("project.build.outputTimestamp"));
    }

    private static String pom(String element) throws IOException {
        Matcher value = Pattern.compile("<" + element + ">([^<]+)<").matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(value.find()).as(element).isTrue();
        return value.group(1);
    }
}
