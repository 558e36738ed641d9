package dev.sluice.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md says that a test proves, a test of that name may prove. */
final class SecurityProofsTest {
    private static final Page SECURITY = Page.read("docs/SECURITY.md");

    @Test
    void everyThreatNamesATestThatExists() throws IOException {
        Set<String> tests = tests();
        List<List<String>> threats = SECURITY.table("Who is not trusted");

        assertThat(threats).hasSizeGreaterThan(10).allSatisfy(threat -> {
            List<String> named = Page.code(threat.get(4)).stream()
                    .filter(word -> word.matches("[A-Z]\\w+"))
                    .toList();
            assertThat(named).as(threat.toString()).isNotEmpty();
            assertThat(tests).containsAll(named);
        });
    }

    @Test
    void everyTestThatIsNamedElsewhereExists() throws IOException {
        List<String> named = Page.code(SECURITY.text()).stream()
                .filter(word -> word.matches("[A-Z]\\w+(IT|Test|Contract)"))
                .toList();

        assertThat(tests()).containsAll(named);
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> modules = Stream.of("gateway", "normalizers", "persistence")
                .map(module -> Path.of("..", module, "src", "test", "java"))) {
            return modules.flatMap(SecurityProofsTest::sources)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
