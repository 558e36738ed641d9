package dev.sluice.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/** The table of operations.md has every setting that the code reads, with the default that it has there. */
final class SettingsTableTest {
    private static final Pattern ROW = Pattern.compile("\\| `(sluice\\.[a-z.-]+)` \\| (?:`([^`]*)`)? ?\\| \\S.*");

    @Test
    void hasEverySettingWithItsDefault() throws Exception {
        Map<String, String> read = new TreeMap<>(Map.of("sluice.ingest.retrieved-events", "false"));
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (BeanDefinition found : scanner.findCandidateComponents("dev.sluice.gateway")) {
            Class<?> settings = Class.forName(found.getBeanClassName());
            collect(settings.getAnnotation(ConfigurationProperties.class).value(), settings, read);
        }

        assertThat(read).hasSizeGreaterThan(30);
        assertThat(documented()).isEqualTo(read);
    }

    private static void collect(String prefix, Class<?> settings, Map<String, String> into) throws Exception {
        RecordComponent[] components = settings.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        var parameters = settings.getDeclaredConstructor(types).getParameters();
        for (int i = 0; i < components.length; i++) {
            String name = prefix + "." + kebab(components[i].getName());
            if (types[i].isRecord()) {
                collect(name, types[i], into);
            } else {
                DefaultValue value = parameters[i].getAnnotation(DefaultValue.class);
                into.put(name, value == null ? "" : String.join(",", value.value()));
            }
        }
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        while (row.find()) {
            rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
        }
        return rows;
    }
}
