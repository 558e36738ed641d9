package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ConsoleGateway.Shared.class)
final class InstancePagesIT {
    private static final Map<String, String> GITHUB = Map.of(
            "name", "Shop",
            "github.organization", "acme",
            "github.repository", "shop",
            "event.notification.enabled", "true",
            "event.notification.callback.url", "https://app.example.com/events",
            "event.vendor.signature.key", Planted.secret("signature"),
            "tags", "shop, production");

    private final ConsoleGateway gateway;

    InstancePagesIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @ParameterizedTest
    @CsvSource({"github, github.organization", "box, ''", "hootsuite, ''", "greenhouse, api.key", "mailchimpv3, ''"})
    void makesAnInstanceOfEachElement(String element, String needed) throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(Map.of("name", "Made of " + element));
        if (!needed.isEmpty()) {
            form.putAll(Map.of(needed, Planted.secret("acme"), "github.repository", "shop"));
        }

        HttpResponse<String> made = gateway.administrator().post("/console/elements/" + element + "/create", form);

        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        String page = gateway.administrator().get(location(made)).body();
        assertThat(page)
                .doesNotContain("event.vendor.signature.key")
                .contains(
                        "Made of " + element,
                        "“Webhook Signature Key",
                        "/elements/api-v2/events/" + element + "/",
                        "View Token");
        String path = location(made).replaceAll("\\?.*", "");
        assertThat(gateway.administrator().get(path + "/arrival").body())
                .contains("Waiting for the first webhook", "href=\"" + path + "/try\"");
    }

    @Test
    void saysWhatIsWrongBesideEachFieldAndKeepsWhatWasTyped() throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(GITHUB);
        form.put("github.repository", "");
        form.put("event.notification.callback.url", "ftp://nowhere");
        form.put("event.notification.retry.schedule", "soon");

        HttpResponse<String> answer = gateway.administrator().post("/console/elements/github/create", form);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains(
                        "Enter a value.",
                        "does not begin with http:// or https://",
                        "#event.notification.retry.schedule\">Retry Schedule</a>: <span>retry schedule: ")
                .contains("value=\"Shop\"", "value=\"acme\"", "ftp://nowhere", "value=\"soon\"", "shop, production")
                .contains("Enter it again")
                .doesNotContain(Planted.secret("signature"));
        assertThat(gateway.administrator()
                        .get("/console/instances?search=nowhere")
                        .body())
                .contains("None like that");
    }

    @Test
    void changesAnInstanceAndLeavesMaskedSecretsAlone() throws IOException, InterruptedException {
        String page = made("Before");
        String edit = gateway.administrator().get(page + "/edit").body();
        assertThat(edit).contains("********").doesNotContain(Planted.secret("signature"));

        Map<String, String> form = new HashMap<>(GITHUB);
        form.put("name", "After");
        form.put("event.vendor.signature.key", "********");
        form.put("event.notification.enabled", "");
        HttpResponse<String> changed = gateway.administrator().post(page + "/edit", form);

        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(gateway.administrator().get(page).body())
                .contains("After", "“Events Enabled” is not true")
                .doesNotContain("is not set");
    }

    @Test
    void sendsNoSecretBackAndKeepsTheOneThatIsSetWhenAChangeIsRefused() throws IOException, InterruptedException {
        String page = made("Refused");
        Map<String, String> form = new HashMap<>(GITHUB);
        form.put("event.vendor.signature.key", Planted.secret("new"));
        form.put("event.notification.signature.key", Planted.secret("first"));
        form.put("event.notification.retry.schedule", "soon");

        HttpResponse<String> refused = gateway.administrator().post(page + "/edit", form);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .doesNotMatch(Planted::isIn)
                .containsOnlyOnce("********")
                .contains("Enter it again: a secret is never sent back.");
    }

    @Test
    void replacesTheSignatureKeyAndShowsItOnce() throws IOException, InterruptedException {
        String page = made("Rotated");
        assertThat(gateway.administrator().get(page + "/edit").body()).contains("No key is set", "Make a key");

        String made = gateway.administrator()
                .post(page + "/signature-key", Map.of("overlap", "0s"))
                .body();
        String second = gateway.administrator()
                .post(page + "/signature-key", Map.of("overlap", "24h"))
                .body();

        assertThat(key(made)).isNotEqualTo(key(second)).startsWith("whsec_").hasSizeGreaterThan(40);
        assertThat(second).containsPattern("Until <time datetime=\"20[^\"]+Z\"").contains("data-copy=\"new-key\"");
        assertThat(gateway.administrator().get(page + "/edit").body())
                .contains("signs, too, until", "Replace the key")
                .doesNotContain(key(second), key(made));
        String own = gateway.administrator()
                .post(page + "/signature-key", Map.of("overlap", "0s", "key", "my-very-own-key"))
                .body();
        assertThat(own).contains("No former key signs any more").doesNotContain("my-very-own-key", "new-key");
        HttpResponse<String> refused =
                gateway.administrator().post(page + "/signature-key", Map.of("overlap", "60d", "key", "another-key"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("overlap: ").doesNotContain("another-key");
        assertThat(gateway.stranger()
                        .post(page + "/signature-key", Map.of("overlap", "0s"))
                        .statusCode())
                .isEqualTo(404);
    }

    private static String key(String page) {
        Matcher key =
                Pattern.compile("id=\"new-key\" readonly value=\"([^\"]+)\"").matcher(page);
        assertThat(key.find()).isTrue();
        return key.group(1);
    }

    @Test
    void switchesAndDeletes() throws IOException, InterruptedException {
        String page = made("To be deleted");

        gateway.administrator().post(page + "/disable", Map.of());
        assertThat(gateway.administrator().get(page).body()).contains(">disabled<", ">Enable<");
        gateway.administrator().post(page + "/enable", Map.of());
        assertThat(gateway.administrator().get(page).body()).contains(">active<", ">Disable<");

        assertThat(gateway.administrator().get(page + "/delete").body()).contains("Delete To be deleted?");
        gateway.administrator().post(page + "/delete", Map.of());
        assertThat(gateway.administrator().get(page).statusCode()).isEqualTo(404);
    }

    @Test
    void findsByNameAndTag() throws IOException, InterruptedException {
        made("Needle in a haystack");

        assertThat(gateway.administrator()
                        .get("/console/instances?search=needle")
                        .body())
                .contains("Needle in a haystack");
        assertThat(gateway.administrator()
                        .get("/console/instances?search=needle&element=box")
                        .body())
                .contains("None like that");
    }

    @Test
    void showsAndChangesNothingOfAnotherOrganization() throws IOException, InterruptedException {
        String page = made("Private");

        for (String path : List.of("", "/edit", "/delete", "/connect", "/arrival")) {
            HttpResponse<String> answer = gateway.stranger().get(page + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).doesNotContain("Private");
        }
        for (String path : List.of("/edit", "/enable", "/disable", "/delete")) {
            gateway.stranger().post(page + path, GITHUB);
        }
        assertThat(gateway.administrator().get(page).body()).contains("Private", ">active<");
        assertThat(gateway.stranger().get("/console/instances").body()).doesNotContain("Private");
    }

    private String made(String name) throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(GITHUB);
        form.put("name", name);
        HttpResponse<String> made = gateway.administrator().post("/console/elements/github/create", form);
        return location(made).replaceAll("\\?.*", "");
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }
}
