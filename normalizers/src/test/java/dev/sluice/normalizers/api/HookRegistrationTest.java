package dev.sluice.normalizers.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.Elements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class HookRegistrationTest {
    private static final String URL = "https://gw.example.com/events/x/MTIz";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void registersOneGitHubHookForAllEvents() {
        Map<String, String> settings = Map.of("github.organization", "acme", "github.repository", "acme/shop");
        ProviderRequest request = only(create("github", settings));

        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.url()).isEqualTo("https://api.github.com/repos/acme/shop/hooks");
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer token")
                .containsEntry("X-GitHub-Api-Version", "2022-11-28")
                .containsKey("User-Agent");
        assertThat(json(request)).isEqualTo(MAPPER.readTree("""
                {"name":"web","active":true,"events":["*"],
                 "config":{"url":"https://gw.example.com/events/x/MTIz","content_type":"json","secret":"key","insecure_ssl":"0"}}
                """));
        assertThat(hooks("github").delete(api("github"), settings, "token", "9").toString())
                .isEqualTo("DELETE https://api.github.com/repos/acme/shop/hooks/9");
        assertThat(hooks("github").check(api("github"), settings, "token", "9").method())
                .isEqualTo("GET");
    }

    @Test
    void registersOneBoxHookForEachTarget() {
        List<ProviderRequest> requests = create("box", Map.of("events.list.ids", "829, file:73,"));

        assertThat(requests).hasSize(2);
        assertThat(json(requests.get(0)).path("target"))
                .isEqualTo(MAPPER.readTree("{\"id\":\"829\",\"type\":\"folder\"}"));
        assertThat(json(requests.get(0)).path("triggers").toString()).contains("FOLDER.CREATED", "FILE.UPLOADED");
        assertThat(json(requests.get(1)).path("target"))
                .isEqualTo(MAPPER.readTree("{\"id\":\"73\",\"type\":\"file\"}"));
        assertThat(json(requests.get(1)).path("triggers").toString()).doesNotContain("FOLDER");
        assertThat(create("box", Map.of())).isEmpty();
    }

    @Test
    void registersOneMailchimpHookForEachAudience() {
        Map<String, String> settings = Map.of("events.list.ids", "a6b5, c7", "mailchimp.dc", "us6");
        List<ProviderRequest> requests = create("mailchimpv3", settings);

        assertThat(requests)
                .extracting(ProviderRequest::url)
                .containsExactly(
                        "https://us6.api.mailchimp.com/3.0/lists/a6b5/webhooks",
                        "https://us6.api.mailchimp.com/3.0/lists/c7/webhooks");
        assertThat(json(requests.get(0)).path("events").size()).isEqualTo(6);
        assertThat(hooks("mailchimpv3")
                        .delete(api("mailchimpv3"), settings, "token", "a6b5/77")
                        .url())
                .isEqualTo("https://us6.api.mailchimp.com/3.0/lists/a6b5/webhooks/77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us6.evil.example", "us6/", "US6", "evil.example/?x="})
    void buildsNoMailchimpHostOfAnythingButADataCentre(String dataCentre) {
        assertThatThrownBy(() -> create("mailchimpv3", Map.of("events.list.ids", "a", "mailchimp.dc", dataCentre)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mailchimp.dc: no data centre");
    }

    @Test
    void readsWhatCameOfIt() {
        assertThat(hooks("github").created(new ProviderResponse(201, "{\"id\":12345678}")))
                .isEqualTo(new HookOutcome.Registered("12345678", null));
        assertThat(hooks("github")
                        .created(new ProviderResponse(
                                422, "{\"message\":\"x\",\"errors\":[{\"message\":\"Hook already exists\"}]}")))
                .isEqualTo(new HookOutcome.AlreadyThere());
        assertThat(hooks("github").created(new ProviderResponse(404, "{\"message\":\"Not Found\"}")))
                .isEqualTo(new HookOutcome.Refused(404, "Not Found"));
        assertThat(hooks("box").created(new ProviderResponse(409, ""))).isEqualTo(new HookOutcome.AlreadyThere());
        assertThat(hooks("mailchimpv3")
                        .created(new ProviderResponse(
                                200, "{\"id\":\"77\",\"list_id\":\"a6b5\",\"signing_secret\":\"s3\"}")))
                .isEqualTo(new HookOutcome.Registered("a6b5/77", "s3"));
        assertThat(hooks("mailchimpv3")
                        .created(new ProviderResponse(
                                400, "{\"detail\":\"Sorry, you can't set up multiple WebHooks for one URL\"}")))
                .isEqualTo(new HookOutcome.AlreadyThere());
    }

    @Test
    void leavesHootsuiteAndGreenhouseToTheirOwnForms() {
        assertThat(Elements.all().find("hootsuite").orElseThrow().api().hooks()).isEmpty();
        assertThat(Elements.all().find("greenhouse").orElseThrow().api().hooks())
                .isEmpty();
    }

    private static List<ProviderRequest> create(String element, Map<String, String> settings) {
        return hooks(element).create(api(element), settings, "token", URL, "key");
    }

    private static HookRegistration hooks(String element) {
        return Elements.all().find(element).orElseThrow().api().hooks().orElseThrow();
    }

    private static String api(String element) {
        return Elements.all()
                .find(element)
                .orElseThrow()
                .api()
                .oauth()
                .orElseThrow()
                .endpoints()
                .apiUri();
    }

    private static ProviderRequest only(List<ProviderRequest> requests) {
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    private static JsonNode json(ProviderRequest request) {
        return MAPPER.readTree(request.body());
    }
}
