package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ConsoleGateway.Shared.class)
final class LiveListIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern SAMPLED = Pattern.compile("Showing (\\d+) of \\d+ events in the last second");
    private static final int ROWS_MAX = 25;

    private final ConsoleGateway gateway;
    private final Acts acts;

    LiveListIT(ConsoleGateway gateway) {
        this.gateway = gateway;
        this.acts = new Acts(gateway.administrator());
    }

    @Test
    void sendsWhatComesToWhoLooksAndToNoOtherOrganization() throws IOException, InterruptedException {
        String instance = acts.instance("Watched", gateway.url() + "/demo/callback", Map.of());
        String query = "?instance=" + instance.replaceAll(".*/", "");
        try (Followed own = gateway.administrator().follow("/console/events/tail" + query);
                Followed others = gateway.stranger().follow("/console/events/tail" + query)) {
            Acts.hire(acts.webhookUrl(instance), 4_711);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(own.text())
                            .contains("event:rows", "4711", "notified", "Watched")
                            .doesNotContain("Showing"));
            await().atMost(PATIENCE).until(() -> !others.text().isEmpty());
            assertThat(others.text()).doesNotContain("4711", "Watched");
        }
    }

    @Test
    void showsASampleAndSaysSoWhenMoreComesThanCanBeRead() throws IOException, InterruptedException {
        String instance = acts.instance("Busy", gateway.url() + "/demo/callback", Map.of());
        URI webhookUrl = acts.webhookUrl(instance);
        AtomicLong application = new AtomicLong();
        try (Followed list =
                gateway.administrator().follow("/console/events/tail?instance=" + instance.replaceAll(".*/", ""))) {
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> {
                long first = application.getAndAdd(4L * ROWS_MAX);
                Acts.hireAtOnce(webhookUrl, LongStream.range(first, first + 4L * ROWS_MAX));
                return SAMPLED.matcher(list.text()).find();
            });
            assertThat(SAMPLED.matcher(list.text()).results().map(each -> Integer.parseInt(each.group(1))))
                    .allMatch(shown -> shown <= ROWS_MAX);
            for (String frame : list.text().split("event:rows", -1)) {
                assertThat(frame.split("id=\"event-", -1)).hasSizeLessThanOrEqualTo(ROWS_MAX + 1);
            }
        }
    }

    @Test
    void isUsableWithoutScripts() throws IOException, InterruptedException {
        String instance = acts.instance("Without scripts", gateway.url() + "/demo/callback", Map.of());
        Acts.hire(acts.webhookUrl(instance), 815);

        assertThat(gateway.administrator()
                        .get("/console/events?instance=" + instance.replaceAll(".*/", ""))
                        .body())
                .contains("815", "sse-connect=\"/console/events/tail?instance=");
    }

    @Test
    void asksWhoIsNotSignedInToSignIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = gateway.visit().get("/console/events/tail");

        assertThat(answer.statusCode()).isEqualTo(303);
    }
}
