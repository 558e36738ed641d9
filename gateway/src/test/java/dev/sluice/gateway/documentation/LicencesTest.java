package dev.sluice.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All that the jar is made of may be passed on by whoever passes on the jar; {@code target/licences.md} lists it. */
final class LicencesTest {
    private static final String BILL = "/META-INF/sbom/application.cdx.json";

    /** A component that offers several needs one of these. */
    private static final List<String> ALLOWED = List.of(
            "Apache-2.0",
            "MIT",
            "MIT-0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "0BSD",
            "CC0-1.0",
            "EPL-2.0",
            "ISC",
            "PostgreSQL");

    @Test
    void everyComponentHasALicenceThatIsAllowed() throws IOException {
        Map<String, List<String>> licences = licences();
        write(licences);

        assertThat(licences).hasSizeGreaterThan(80);
        assertThat(licences.entrySet())
                .filteredOn(component -> component.getValue().stream().noneMatch(ALLOWED::contains))
                .isEmpty();
    }

    private static Map<String, List<String>> licences() throws IOException {
        try (InputStream bill = LicencesTest.class.getResourceAsStream(BILL)) {
            assumeTrue(
                    bill != null || "true".equals(System.getenv("CI")),
                    "skipped: there is no bill of materials (expected: a build with network, which Maven's plugin asks for)");
            Map<String, List<String>> licences = new TreeMap<>();
            new JsonMapper()
                    .readTree(Objects.requireNonNull(bill, "no " + BILL))
                    .path("components")
                    .forEach(component -> {
                        if (!component.path("group").asString("").equals("dev.sluice")) {
                            licences.put(component.path("purl").asString(), of(component));
                        }
                    });
            return licences;
        }
    }

    private static List<String> of(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .flatMap(choice -> Stream.of(
                        choice.path("license").path("id").asString(""),
                        choice.path("license").path("name").asString(""),
                        choice.path("expression").asString("")))
                .filter(licence -> !licence.isEmpty())
                .flatMap(licence -> Stream.of(licence.split(" OR ", -1)))
                .toList();
    }

    private static void write(Map<String, List<String>> licences) throws IOException {
        StringBuilder text = new StringBuilder("| component | licences |\n|---|---|\n");
        licences.forEach((component, all) -> text.append("| `")
                .append(component.replaceAll("pkg:maven/|\\?.*", ""))
                .append("` | ")
                .append(String.join(", ", all))
                .append(" |\n"));
        Files.writeString(Path.of("target", "licences.md"), text);
    }
}
