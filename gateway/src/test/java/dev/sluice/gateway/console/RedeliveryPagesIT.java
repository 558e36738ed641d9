package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many events sent again from the console, without any script. */
@ExtendWith(ConsoleGateway.Shared.class)
final class RedeliveryPagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern FROM = Pattern.compile("&from=([^&]+)");

    private final ConsoleGateway gateway;

    RedeliveryPagesIT(ConsoleGateway gateway) {
        this.gateway = gateway;
    }

    @Test
    void saysWhatWillBeSentAndSendsIt() throws IOException, InterruptedException {
        String instance = gateway.made("Missed some", gateway.url() + "/demo/callback");
        String meant = gateway.received(instance, hired("rhubarb-1"));
        String other = gateway.received(instance, hired("celery-2"));
        awaitOn("/console/events/" + meant, "status 200 after");
        awaitOn("/console/events/" + other, "status 200 after");
        String filter = "instance=" + id(instance) + "&status=NOTIFIED&idText=RHUBARB";

        String asked = located(gateway.administrator().get("/console/events/redeliver?" + filter));
        assertThat(asked)
                .startsWith("/console/events/redeliver?instance=" + id(instance))
                .containsPattern(FROM);
        String confirmation = gateway.administrator().get(asked).body();
        assertThat(confirmation)
                .contains("Send events of Missed some again?", "RHUBARB", "notified", "At most 2 events", meant)
                .contains(gateway.url() + "/demo/callback", "Send them again")
                .doesNotContain(other);
        String job = located(gateway.administrator().post(asked, Map.of()));

        awaitOn(job, ">done<");
        assertThat(gateway.administrator().get(job).body()).contains("1 event and 1 delivery so far", "value=\"100\"");
        await().atMost(PATIENCE).until(() -> deliveries(meant) == 2);
        assertThat(deliveries(other)).isOne();
        assertThat(gateway.administrator().get(instance + "/redeliveries").body())
                .contains(job, "RHUBARB");
    }

    @Test
    void showsHowFarAnOrderHasComeAndStopsIt() throws IOException, InterruptedException {
        String instance = gateway.made("Half way", gateway.url() + "/demo/callback");
        gateway.orderHalfWay(instance);
        Matcher link = Pattern.compile("href=\"([^\"]+/redeliveries/\\d+)\"")
                .matcher(gateway.administrator().get(instance + "/redeliveries").body());
        assertThat(link.find()).isTrue();
        String job = link.group(1);

        assertThat(gateway.administrator().get(job).body())
                .contains("hx-get=\"" + job + "/progress\"", "value=\"75\"", ">running<", "2026-01-01T06:00:00Z");
        assertThat(gateway.administrator().get(job + "/progress").body())
                .contains("value=\"75\"", job + "/cancel")
                .doesNotContain("<html");
        for (HttpResponse<String> strangers : List.of(
                gateway.stranger().get(job),
                gateway.stranger().get(job + "/progress"),
                gateway.stranger().get(instance + "/redeliveries"),
                gateway.stranger().post(job + "/cancel", Map.of()))) {
            assertThat(strangers.statusCode()).isEqualTo(404);
        }
        assertThat(gateway.administrator().get(job).body()).contains(">running<");

        assertThat(located(gateway.administrator().post(job + "/cancel", Map.of())))
                .isEqualTo(job);
        assertThat(gateway.administrator().get(job).body())
                .contains(">cancelled<", "It was stopped there")
                .doesNotContain("hx-get=\"" + job, ">Cancel<");
    }

    @Test
    void asksWhoseEventsAreMeantAndSendsNobodyElses() throws IOException, InterruptedException {
        String instance = gateway.made("One of many", gateway.url() + "/demo/callback");
        String event = gateway.received(instance, hired("turnip"));
        awaitOn("/console/events?idText=turnip", event);

        assertThat(gateway.administrator()
                        .get("/console/events/redeliver?idText=turnip")
                        .body())
                .contains("Whose events?", "One of many", "/console/events/redeliver?instance=" + id(instance));
        String asked = "/console/events/redeliver?from=2026-01-01T00:00:00Z&instance=" + id(instance);
        assertThat(gateway.stranger().get(asked).statusCode()).isEqualTo(404);
        assertThat(gateway.stranger().post(asked, Map.of()).statusCode()).isEqualTo(404);
        assertThat(gateway.administrator()
                        .post(asked + "&elementKey=box", Map.of())
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.administrator()
                        .post("/console/events/redeliver?instance=" + id(instance), Map.of())
                        .statusCode())
                .isEqualTo(400);
        assertThat(gateway.administrator().get(instance + "/redeliveries").body())
                .contains("No order yet");
        assertThat(gateway.administrator()
                        .get(asked + "&idText=nobody-has-this")
                        .body())
                .contains("None that is like that was found")
                .doesNotContain("Send them again");
    }

    private int deliveries(String event) throws IOException, InterruptedException {
        return gateway.administrator().get("/console/events/" + event).body().split("status 200 after", -1).length - 1;
    }

    private static String hired(String id) {
        return "{\"action\":\"hire_candidate\",\"payload\":{\"application\":{\"id\":\"" + id + "\"}}}";
    }

    private static String id(String instance) {
        return instance.replaceAll(".*/", "");
    }

    private static String located(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private void awaitOn(String path, String text) {
        await().atMost(PATIENCE)
                .until(() -> gateway.administrator().get(path).body().contains(text));
    }
}
