package dev.sluice.gateway.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.MediaType;

/**
 * All styles and scripts of the console. Templates name them as {@code ${assets.style}}.
 *
 * @param style the one style sheet
 * @param script ours: times in the viewer's zone, copying
 * @param htmx the library
 */
record Assets(Asset style, Asset script, Asset htmx) {
    private static final String HTMX = "org.webjars.npm/htmx.org";
    private static final MediaType SCRIPT = new MediaType("text", "javascript", UTF_8);

    static Assets read() {
        return new Assets(
                Asset.read("console/console.css", "console.css", new MediaType("text", "css", UTF_8)),
                Asset.read("console/console.js", "console.js", SCRIPT),
                Asset.read(
                        "META-INF/resources/webjars/htmx.org/" + htmxVersion() + "/dist/htmx.min.js",
                        "htmx.js",
                        SCRIPT));
    }

    private static String htmxVersion() {
        try {
            return PropertiesLoaderUtils.loadProperties(
                            new ClassPathResource("META-INF/maven/" + HTMX + "/pom.properties"))
                    .getProperty("version");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Where they are, by name. */
    Map<String, String> urls() {
        return Map.of("style", style.url(), "script", script.url(), "htmx", htmx.url());
    }
}
