package dev.sluice.gateway.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.error.Resource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Where the document is, and the page with its parts. */
final class DocumentationRoutes {
    private static final String PAGE = "/api-docs";
    private static final String OURS = "documentation/";
    private static final MediaType YAML = new MediaType("application", "yaml");
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);
    private static final MediaType SCRIPT = new MediaType("text", "javascript", UTF_8);
    private static final MediaType STYLE = new MediaType("text", "css", UTF_8);

    private DocumentationRoutes() {}

    static RouterFunction<ServerResponse> table() {
        String library = SwaggerUi.directory();
        return route("/openapi.yaml", "openapi.yaml", YAML)
                .and(route(PAGE, OURS + "index.html", HTML))
                .and(route(PAGE + "/start.js", OURS + "start.js", SCRIPT))
                .and(route(PAGE + "/page.css", OURS + "page.css", STYLE))
                .and(route(PAGE + "/swagger-ui-bundle.js", library + "swagger-ui-bundle.js", SCRIPT))
                .and(route(PAGE + "/swagger-ui.css", library + "swagger-ui.css", STYLE));
    }

    private static RouterFunction<ServerResponse> route(String path, String onClassPath, MediaType type) {
        PublicFile file = new PublicFile(onClassPath, type);
        return Resource.at(path).on(GET, request -> file.answer()).route();
    }
}
