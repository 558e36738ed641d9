package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What a visitor and a provider do before there is something to see. */
public final class Acts {
    private static final Pattern WEBHOOK_URL = Pattern.compile("value=\"(http[^\"]+/events/greenhouse/[^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Visit visit;

    /** What that visitor does. */
    public Acts(Visit visit) {
        this.visit = visit;
    }

    /** Makes an instance; the path of its page. */
    public String instance(String name, String callback, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(settings);
        form.put("name", name);
        form.put("event.notification.enabled", "true");
        form.put("event.notification.callback.url", callback);
        HttpResponse<String> made = visit.post("/console/elements/greenhouse/create", form);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(303);
        return made.headers().firstValue("Location").orElseThrow().replaceAll("\\?.*", "");
    }

    /** Where an instance's provider sends webhooks. */
    public URI webhookUrl(String instance) throws IOException, InterruptedException {
        Matcher url = WEBHOOK_URL.matcher(visit.get(instance).body());
        assertThat(url.find()).isTrue();
        return URI.create(url.group(1));
    }

    /** Sends a webhook about that application, as the provider does. */
    public static void hire(URI webhookUrl, long application) throws IOException, InterruptedException {
        assertThat(HTTP.send(webhook(webhookUrl, application), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    /** Sends many, without waiting for one before the next. */
    public static void hireAtOnce(URI webhookUrl, LongStream applications) {
        List<CompletableFuture<HttpResponse<Void>>> sent = applications
                .mapToObj(each -> HTTP.sendAsync(webhook(webhookUrl, each), BodyHandlers.discarding()))
                .toList();
        assertThat(sent).allMatch(each -> each.join().statusCode() == 200);
    }

    private static HttpRequest webhook(URI webhookUrl, long application) {
        return HttpRequest.newBuilder(webhookUrl)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"action\":\"hire_candidate\",\"payload\":{\"application\":{\"id\":" + application + "}}}",
                        UTF_8))
                .build();
    }
}
