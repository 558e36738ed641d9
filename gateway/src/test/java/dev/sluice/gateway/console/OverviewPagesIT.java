package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ConsoleGateway.Shared.class)
final class OverviewPagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RECEIVED = Pattern.compile(">[1-9][\\d,]* webhooks? in the last hour<");
    private static final Pattern DELIVERED = Pattern.compile(">[1-9][\\d,]* notifications? in the last hour, ");
    private static final Pattern PROMISE = Pattern.compile("class=\"badge (good\">holds|bad\">broken)<");
    private static final Pattern ANSWERED =
            Pattern.compile(">half of them; 99 % within [\\d.]+ m?s, in the last hour<");

    private final ConsoleGateway gateway;

    OverviewPagesIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void showsWhatIsReceivedAndDeliveredAndThatAllHolds() throws IOException, InterruptedException {
        Acts acts = new Acts(gateway.administrator());
        String instance = acts.instance("Seen from above", gateway.url() + "/demo/callback", Map.of());
        Acts.hire(acts.webhookUrl(instance), 1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.administrator()
                                .get("/console/overview/figures")
                                .body())
                        .containsPattern(RECEIVED)
                        .containsPattern(DELIVERED)
                        .containsPattern(ANSWERED));
        String page = gateway.administrator().get("/console").body();
        assertThat(page)
                .containsPattern(RECEIVED)
                .contains("<h1>Overview</h1>", "What must always hold", "role=\"img\"", "d=\"M0,")
                .contains(">received<", ">delivered<", ">failed<", ">half within<", ">99 % within<", ">top: ")
                .doesNotContain("Begin here");
        assertThat(PROMISE.matcher(page).results()).hasSize(3);
    }

    @Test
    void showsNoOtherOrganizationsFiguresAndTeachesHowToBegin() throws IOException, InterruptedException {
        Acts acts = new Acts(gateway.administrator());
        String instance = acts.instance("Not seen by others", "http://localhost:1/away", Map.of());
        Acts.hire(acts.webhookUrl(instance), 2);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(gateway.administrator().get("/console").body())
                                .containsPattern(RECEIVED)
                                .contains("The oldest for "));

        assertThat(gateway.newcomer("Newcomer").get("/console").body())
                .contains(
                        "Begin here",
                        "0 webhooks in the last hour",
                        "0 notifications in the last hour, 0 failed attempts",
                        "No attempt in the last hour",
                        "Nothing is owed")
                .doesNotContain("The oldest for ");
    }

    @Test
    void isForWhoIsSignedIn() throws IOException, InterruptedException {
        assertThat(gateway.visit().get("/console").statusCode()).isEqualTo(303);
        assertThat(gateway.visit().get("/console/overview/figures").statusCode())
                .isEqualTo(303);
    }
}
