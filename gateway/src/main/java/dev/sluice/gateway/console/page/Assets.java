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
 * @param sse its extension for what the server sends by itself
 */
record Assets(Asset style, Asset script, Asset htmx, Asset sse) {
    private static final MediaType SCRIPT = new MediaType("text", "javascript", UTF_8);

    static Assets read() {
        return new Assets(
                Asset.read("console/console.css", "console.css", new MediaType("text", "css", UTF_8)),
                Asset.read("console/console.js", "console.js", SCRIPT),
                library("htmx.org", "/dist/htmx.min.js", "htmx.js"),
                library("htmx-ext-sse", "/sse.js", "htmx-sse.js"));
    }

    private static Asset library(String artifact, String file, String name) {
        return Asset.read("META-INF/resources/webjars/" + artifact + "/" + version(artifact) + file, name, SCRIPT);
    }

    private static String version(String artifact) {
        try {
            return PropertiesLoaderUtils.loadProperties(
                            new ClassPathResource("META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties"))
                    .getProperty("version");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Where they are, by name. */
    Map<String, String> urls() {
        return Map.of("style", style.url(), "script", script.url(), "htmx", htmx.url(), "sse", sse.url());
    }
}
