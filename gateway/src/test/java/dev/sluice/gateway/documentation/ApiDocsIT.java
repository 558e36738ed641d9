package dev.sluice.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.gateway.provisioning.SharedApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedApiServer.class)
final class ApiDocsIT {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/[^\"]*)\"");

    private static final Pattern OPERATION = Pattern.compile("operationId: (\\w+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ApiServer server;

    ApiDocsIT(ApiServer server) {
        this.server = server;
    }

    @Test
    void servesTheDocumentToEverybody() throws Exception {
        HttpResponse<String> answer = get("/openapi.yaml");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(answer.body()).isEqualTo(Files.readString(Path.of("..", "docs", "openapi.yaml")));
    }

    @Test
    void servesAPageThatNeedsNothingFromElsewhere() throws Exception {
        HttpResponse<String> page = get("/api-docs/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                        .doesNotContain("unsafe", "http"));
        assertThat(page.body()).doesNotContain("//", "<script>", "<style", "style=");
        List<String> loaded = LOADED.matcher(page.body())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(loaded).hasSize(5);
        for (String part : loaded) {
            assertThat(get(part).statusCode()).as(part).isEqualTo(200);
        }
    }

    @Test
    void servesNoOtherFileOfTheLibrary() throws Exception {
        String directory = SwaggerUi.directory().replace("META-INF/resources", "");

        assertThat(get(directory + "index.html").statusCode()).isEqualTo(404);
        assertThat(get("/api-docs/swagger-initializer.js").statusCode()).isEqualTo(404);
    }

    @Test
    void showsEveryOperationInABrowserThatKeepsToThePolicy(@TempDir Path itsDirectory) throws Exception {
        Browser.Shown shown = Browser.open(server.url() + "/api-docs", itsDirectory);

        assertThat(shown.said()).doesNotContainIgnoringCase("content security policy", "Uncaught", "Failed to load");
        assertThat(shown.page()).doesNotContain("errors-wrapper");
        assertThat(OPERATION.matcher(get("/openapi.yaml").body()).results().map(operation -> operation.group(1)))
                .hasSizeGreaterThan(50)
                .allSatisfy(operation -> assertThat(shown.page()).contains("-" + operation + "\""));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
    }
}
