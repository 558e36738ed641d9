package dev.sluice.gateway.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code trigger <element> <type>}: a sample, signed as its provider signs, to the webhook URL of an instance. */
final class TriggerCommand {
    private final GatewayApi api;
    private final Clock clock;
    private final PrintStream out;

    TriggerCommand(GatewayApi api, Clock clock, PrintStream out) {
        this.api = api;
        this.clock = clock;
        this.out = out;
    }

    /** Says which types there are. */
    int list(String elementKey) {
        element(elementKey).samples().types().forEach(out::println);
        return 0;
    }

    /**
     * Sends one and says what was answered.
     *
     * @param instanceId null for the element's newest
     * @return 0 when it was taken
     */
    int send(String elementKey, String asked, @Nullable Long instanceId, String key, String urlSecret) {
        Element element = element(elementKey);
        String type = type(element, asked);
        JsonNode instance = instance(elementKey, instanceId);
        SampleWebhook sample =
                element.samples().webhook(type, settings(instance, key, urlSecret), clock.millis(), clock.instant());
        long began = System.nanoTime();
        HttpResponse<String> answer = post(instance.path("webhookUrl").asString(), sample);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        out.println(answer.statusCode() + "  " + millis + " ms  " + elementKey + " " + type + " to instance "
                + instance.path("id").asLong());
        if (answer.statusCode() == 401) {
            out.println("The instance has another key. Give its event.vendor.signature.key with --key"
                    + ", its event.vendor.url.secret with --url-secret.");
        }
        return answer.statusCode() / 100 == 2 ? 0 : 1;
    }

    private static Element element(String key) {
        Elements elements = Elements.all();
        return elements.find(key)
                .filter(element -> !element.samples().types().isEmpty())
                .orElseThrow(() -> new CommandFailedException(
                        "element: " + key + " (expected: one of " + String.join(", ", elements.keys()) + ")"));
    }

    /** The type, or the first that it is the beginning of: {@code push} is {@code push.commits}. */
    private static String type(Element element, String asked) {
        List<String> types = element.samples().types();
        Optional<String> meant = types.stream()
                .filter(asked::equals)
                .findFirst()
                .or(() -> types.stream()
                        .filter(type -> type.startsWith(asked + '.'))
                        .findFirst());
        return meant.orElseThrow(() -> new CommandFailedException("type: " + asked + " (expected: one of "
                + types.stream().limit(10).collect(Collectors.joining(", ")) + " …; without a type all are listed)"));
    }

    private JsonNode instance(String elementKey, @Nullable Long id) {
        if (id != null) {
            return api.instance(id);
        }
        JsonNode newest = null;
        for (JsonNode candidate :
                api.find("/elements/" + elementKey + "/instances").orElseGet(JsonNodeFactory.instance::arrayNode)) {
            if (newest == null || createdDate(candidate).compareTo(createdDate(newest)) > 0) {
                newest = candidate;
            }
        }
        if (newest == null) {
            throw new CommandFailedException("No instance of " + elementKey
                    + " yet. POST /elements/api-v2/instances makes one; a gateway's first lines show how.");
        }
        return newest;
    }

    private static String createdDate(JsonNode instance) {
        return instance.path("createdDate").asString("");
    }

    /** Only what the instance asks for: its secrets can be seen to be set, but not read. */
    private static Settings settings(JsonNode instance, String key, String urlSecret) {
        boolean signed = !instance.path("configuration")
                .path(SettingKeys.VENDOR_SIGNATURE_KEY)
                .asString("")
                .isEmpty();
        return new Settings(
                Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, signed ? key : "", SettingKeys.VENDOR_URL_SECRET, urlSecret));
    }

    private static HttpResponse<String> post(String webhookUrl, SampleWebhook sample) {
        String query = sample.query().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(query.isEmpty() ? webhookUrl : webhookUrl + "?" + query))
                .POST(HttpRequest.BodyPublishers.ofByteArray(sample.bodyBytes()));
        sample.headers().forEach(request::header);
        try {
            return Http.send(request);
        } catch (IOException away) {
            throw new CommandFailedException(
                    "Nobody answers at the webhook URL, " + webhookUrl + ". Is SLUICE_PUBLIC_URL right?", away);
        }
    }
}
