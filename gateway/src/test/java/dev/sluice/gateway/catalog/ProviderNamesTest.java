package dev.sluice.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of a provider stands in its own package and nowhere else. */
final class ProviderNamesTest {
    /** Libraries' packages and addresses, which name a provider and tell nothing of it. */
    private static final Pattern ADDRESS = Pattern.compile("\\b(com|io)\\.github\\.|\\bgithub\\.(com|io)/");

    private static final Pattern NAME = Pattern.compile(Elements.all().elements().stream()
            .map(Element::descriptor)
            .flatMap(descriptor -> Stream.of(descriptor.key(), descriptor.name()))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .collect(Collectors.joining("|", "(?<![a-z])(", ")(?![a-z])")));

    @Test
    void seesANameAndNoAddress() {
        assertThat(names("\"github.organization\"")).isTrue();
        assertThat(names("elements.find(\"mailchimpv3\")")).isTrue();
        assertThat(names("the Box element")).isTrue();
        assertThat(names("import com.github.benmanes.caffeine.cache.Cache;")).isFalse();
        assertThat(names("mailbox")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "persistence"})
    void noOtherModuleNamesAProvider(String module) {
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main"))) {
            List<String> naming = files.filter(
                            file -> file.toString().matches(".*\\.(java|sql|yaml|factories|imports)"))
                    .flatMap(ProviderNamesTest::namingLines)
                    .toList();
            assertThat(naming).isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> namingLines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(ProviderNamesTest::names)
                    .map(line -> file + ": " + line.strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean names(String line) {
        return NAME.matcher(ADDRESS.matcher(line.toLowerCase(Locale.ROOT)).replaceAll(""))
                .find();
    }
}
