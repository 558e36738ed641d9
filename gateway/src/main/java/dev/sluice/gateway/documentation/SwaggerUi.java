package dev.sluice.gateway.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** The library that shows the document. */
final class SwaggerUi {
    private static final String MADE_OF = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private SwaggerUi() {}

    /** Where its files are on the class path: below its version, whichever that is. */
    static String directory() {
        try {
            String version = PropertiesLoaderUtils.loadProperties(new ClassPathResource(MADE_OF))
                    .getProperty("version");
            return "META-INF/resources/webjars/swagger-ui/" + version + "/";
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
