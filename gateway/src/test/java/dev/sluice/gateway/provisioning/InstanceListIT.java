package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class InstanceListIT {
    private final ApiServer server;
    private final ApiClient api;

    InstanceListIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void empty() {
        server.clear();
    }

    @Test
    void listsPageByPageAndWhatIsAskedFor() {
        api.create(GITHUB);
        api.create(GITHUB.replace("Shop", "Second").replace("Docs", "Other"));
        api.create(GITHUB.replace("Shop", "Third"));

        ResponseSpec first = api.http().get().uri("/instances?pageSize=2").exchange();
        first.expectHeader().valueEquals("Elements-Returned-Count", "2");
        String next = Objects.requireNonNull(
                first.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token"));
        ResponseSpec last =
                api.http().get().uri("/instances?pageSize=2&nextPage=" + next).exchange();
        last.expectHeader().doesNotExist("Elements-Next-Page-Token");
        assertThat(json(last).get(0).get("name").asString()).isEqualTo("Third");
        assertThat(json(api.http().get().uri("/instances?tags[]=Docs").exchange()))
                .hasSize(2);
        assertThat(json(api.http()
                        .get()
                        .uri(URI.create(server.url() + "/elements/api-v2/instances?tags%5B%5D=Other"))
                        .exchange()))
                .hasSize(1);
        assertThat(json(api.http()
                        .get()
                        .uri("/elements/github/instances?searchText=secon")
                        .exchange()))
                .hasSize(1);
        assertThat(message(api.http().get().uri("/instances?searchText=nothing").exchange(), 404))
                .isNotEmpty();
        assertThat(message(api.http().get().uri("/elements/box/instances").exchange(), 404))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pageSize=0 | pageSize: 0 (expected: 1..200)",
                "pageSize=201 | pageSize: 201 (expected: 1..200)",
                "pageSize=x | pageSize: not a number",
                "nextPage=x | nextPage: no token of this list",
                "searchText=%00 | searchText: a control character in place 1",
                "tags=%00 | tags[]: a control character in place 1"
            })
    void refusesPagesThatThereAreNot(String query, String problem) {
        assertThat(message(
                        api.http()
                                .get()
                                .uri(URI.create(server.url() + "/elements/api-v2/instances?" + query))
                                .exchange(),
                        400))
                .contains(problem);
    }

    @Test
    void countsByElement() {
        api.create(GITHUB);
        api.create(GITHUB);
        api.create("{\"element\": {\"key\": \"greenhouse\"}, \"name\": \"x\"}");

        JsonNode counted = api.read("/instances/count");

        assertThat(counted.get("totalInstances").asInt()).isEqualTo(3);
        assertThat(counted.get("elementInstances").toString())
                .isEqualTo("[{\"elementKey\":\"github\",\"count\":2},{\"elementKey\":\"greenhouse\",\"count\":1}]");
    }

    @Test
    void finishesAWalkThoughTheListGrowsAndShrinksMeanwhile() {
        List<String> made = IntStream.range(0, 7)
                .mapToObj(i -> api.create(GITHUB).get("id").asString())
                .toList();
        List<String> seen = new ArrayList<>();

        String next = "";
        while (next != null) {
            ResponseSpec page = api.get("/instances?pageSize=2&nextPage=" + next);
            page.expectStatus().isOk();
            next = page.returnResult(String.class).getResponseHeaders().getFirst("Elements-Next-Page-Token");
            json(page).forEach(instance -> seen.add(instance.get("id").asString()));
            api.send(HttpMethod.DELETE, "/instances/" + seen.get(seen.size() - 1))
                    .expectStatus()
                    .isOk();
        }

        assertThat(seen).containsExactlyElementsOf(made);
    }
}
