package dev.sluice.gateway.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.SettingKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Not among the other tests: the build runs it when those of all modules have run, over all that came out meanwhile. After a
 * part of the tests it looks at what there is.
 */
final class OutputCheck {
    private static final Path PUBLISHED = Path.of("..", "docs", "openapi.yaml");
    private static final Path TESTS = Path.of("target", "test-classes");
    private static final Path REPORTS = Path.of("target", "failsafe-reports");
    private static final Instant BEGIN =
            Instant.parse(System.getProperty("sluice.build.begin", "1970-01-01T00:00:00Z"));

    private final OutputSearch output = new OutputSearch(
            Stream.of("normalizers", "persistence", "gateway")
                    .map(module -> Path.of("..", module, "target"))
                    .flatMap(target -> Stream.of("surefire-reports", "failsafe-reports", "said")
                            .map(target::resolve))
                    .toList(),
            BEGIN);

    @Test
    void noSecretCameOut() {
        assertThat(output.leaks())
                .as("secrets in what came out (a test that fails tells what it sent: look at that one first)")
                .isEmpty();
    }

    @Test
    void everySecretThatARequestGaveCouldBeFound() throws IOException {
        Set<String> secretKeys = Elements.all().elements().stream()
                .flatMap(element -> element.configuration().stream())
                .filter(ConfigurationField::secret)
                .map(ConfigurationField::key)
                // The client's id, which every user sees in the provider's URL.
                .filter(key -> !key.equals(SettingKeys.OAUTH_API_KEY))
                .collect(Collectors.toSet());

        assertThat(output.unplanted(secretKeys, Files.readString(PUBLISHED)))
                .as("settings to be taken from Planted")
                .isEmpty();
    }

    /** Where this finds nothing, the search above looked at nothing. */
    @Test
    void allWasHeard() throws IOException {
        assumeTrue(allHaveRun(), "only a part of the tests has run");

        assertThat(Path.of("../persistence/src/test/java/dev/sluice/persistence/Fixture.java"))
                .as("one marker for all modules")
                .content()
                .contains('"' + Planted.MARKER + '"');
        assertThat(output.holds("asked-", Planted.MARKER))
                .as("secrets were given")
                .isTrue();
        assertThat(output.holds("given-", "")).as("providers gave secrets").isTrue();
        assertThat(output.holds("answered-", "HTTP/1.1 200 OK"))
                .as("gateways answered")
                .isTrue();
        assertThat(output.holds("answered-", "HTTP/1.1 401 Unauthorized"))
                .as("and refused")
                .isTrue();
        assertThat(output.holds("gateway-", "Sluice is ready"))
                .as("gateways of their own spoke")
                .isTrue();
        assertThat(output.holds("dev.sluice.gateway.", "Sluice is ready"))
                .as("gateways among the tests spoke")
                .isTrue();
    }

    private static boolean allHaveRun() throws IOException {
        try (Stream<Path> classes = Files.walk(TESTS)) {
            List<String> tests = classes.map(file -> TESTS.relativize(file).toString())
                    .filter(name -> name.endsWith("IT.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .filter(OutputCheck::isAlwaysRun)
                    .toList();
            for (String test : tests) {
                Path report = REPORTS.resolve("TEST-" + test + ".xml");
                if (!Files.exists(report)
                        || Files.getLastModifiedTime(report).toInstant().isBefore(BEGIN)) {
                    return false;
                }
            }
            return !tests.isEmpty();
        }
    }

    private static boolean isAlwaysRun(String test) {
        try {
            return !Class.forName(test, false, OutputCheck.class.getClassLoader())
                    .isAnnotationPresent(Tag.class);
        } catch (ClassNotFoundException gone) {
            throw new IllegalStateException(gone);
        }
    }
}
