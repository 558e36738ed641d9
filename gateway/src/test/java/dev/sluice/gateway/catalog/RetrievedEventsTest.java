package dev.sluice.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Elements;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

final class RetrievedEventsTest {

    @ParameterizedTest
    @CsvSource({"'', false", "false, false", "true, true"})
    void tellsOfRetrievalsWhereTheInstallationSaysSo(String setting, boolean told) {
        Map<String, Object> settings = setting.isEmpty() ? Map.of() : Map.of("sluice.ingest.retrieved-events", setting);
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
            context.register(CatalogConfiguration.class);
            context.refresh();

            assertThat(context.getBean(Elements.class).find("box").orElseThrow().tellsOfRetrievals())
                    .isEqualTo(told);
        }
    }
}
