package dev.sluice.gateway.redelivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class RedeliveryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SINCE = "from=2020-01-01T00:00:00Z";

    @TempDir
    private static Path directory;

    private static SendingGateway gateway;

    private final Inbox inbox = new Inbox();

    @BeforeAll
    static void start() {
        gateway = gatewayWith("--sluice.redelivery.events-per-second=1");
    }

    private static SendingGateway gatewayWith(String... settings) {
        return SendingGateway.start(
                directory,
                Stream.concat(Stream.of("--sluice.delivery.retry.schedule=100ms"), Stream.of(settings))
                        .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void closeInbox() {
        inbox.close();
    }

    @Test
    void sendsOneEventAgainUnderItsIdAndOftenAsAsked() {
        String instance = gateway.instance(inbox.url());
        String event = delivered(instance);

        for (int again = 2; again <= 3; again++) {
            JsonNode answer = gateway.post("/instances/" + instance + "/events/" + event + "/redeliver");
            assertThat(answer.get("deliveries").get(0).get("redelivered").asBoolean())
                    .isTrue();
            int count = again;
            await().atMost(PATIENCE).until(() -> inbox.ids().size() == count);
            awaitStatus(event, "NOTIFIED");
        }

        assertThat(inbox.ids().stream().distinct()).hasSize(1);
        assertThat(gateway.get("/instances/" + instance + "/events/" + event + "/attempts"))
                .hasSize(3);
    }

    @Test
    void sendsWhatFailedAgainAndNothingElse() {
        String instance = gateway.instance(inbox.url());
        delivered(instance);
        inbox.answers(500);
        String failed = gateway.send(instance);
        awaitStatus(failed, "FAILED");
        inbox.answers(200);
        reactivate(instance);
        int before = inbox.ids().size();

        JsonNode job = gateway.post("/instances/" + instance + "/events/redeliver?status=FAILED&" + SINCE);
        awaitState(instance, job, "done");
        awaitStatus(failed, "NOTIFIED");

        assertThat(inbox.ids()).hasSize(before + 1);
        assertThat(gateway.get("/instances/" + instance + "/redeliveries")
                        .get(0)
                        .get("events")
                        .asInt())
                .isOne();
    }

    @Test
    void sendsToTodaysCallbackWhatWasOwedToNobody() {
        String instance = gateway.instance("");
        String event = gateway.send(instance);
        gateway.setCallback(instance, inbox.url());

        JsonNode job = gateway.post("/instances/" + instance + "/events/redeliver?" + SINCE);
        awaitState(instance, job, "done");

        awaitStatus(event, "NOTIFIED");
        assertThat(inbox.ids()).hasSize(1);
    }

    @Test
    void goesOnAfterARestartAndStopsWhenItIsCancelled() {
        String instance = gateway.instance(inbox.url());
        for (int i = 1; i <= 4; i++) {
            delivered(instance);
        }
        List<String> first = inbox.ids();
        JsonNode cancelled = gateway.post("/instances/" + instance + "/events/redeliver?" + SINCE);
        String path = "/instances/" + instance + "/redeliveries/" + cancelled.get("id");
        assertThat(gateway.delete(path).get("state").asString()).isEqualTo("cancelled");
        JsonNode job = gateway.post("/instances/" + instance + "/events/redeliver?" + SINCE);
        assertNoFasterThanOneASecond("/instances/" + instance + "/redeliveries/" + job.get("id"));
        await().atMost(PATIENCE).until(() -> inbox.ids().size() > first.size());
        gateway.close();
        gateway = gatewayWith();

        awaitState(instance, job, "done");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                inbox.ids().subList(first.size(), inbox.ids().size()))
                        .containsAll(first));
        String list = "/instances/" + instance + "/redeliveries";
        assertThat(gateway.get(list)).hasSize(2);
        assertThat(gateway.get(list + "?pageSize=1&nextPage=" + job.get("id").asString()))
                .extracting(each -> each.get("state").asString())
                .containsExactly("cancelled");
    }

    private static void assertNoFasterThanOneASecond(String job) {
        await().atMost(PATIENCE).until(() -> gateway.get(job).get("events").asInt() >= 2);
        JsonNode reached = gateway.get(job);
        Duration taken = Duration.between(
                Instant.parse(reached.get("createdDate").asString()),
                Instant.parse(reached.get("updatedDate").asString()));
        assertThat(taken)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(reached.get("events").asInt() - 1L));
    }

    /** An endpoint whose delivery was given up gets nothing before that, sent again or not. */
    private static void reactivate(String instance) {
        String endpoints = "/instances/" + instance + "/endpoints";
        String id = gateway.get(endpoints).get(0).get("id").asString();
        assertThat(gateway.post(endpoints + "/" + id + "/reactivate")
                        .get("state")
                        .asString())
                .isEqualTo("active");
    }

    private String delivered(String instance) {
        String event = gateway.send(instance);
        awaitStatus(event, "NOTIFIED");
        return event;
    }

    private static void awaitStatus(String event, String status) {
        await().atMost(PATIENCE)
                .until(() -> status.equals(
                        gateway.get("/instances/events/" + event).get("status").asString()));
    }

    private static void awaitState(String instance, JsonNode job, String state) {
        String path = "/instances/" + instance + "/redeliveries/" + job.get("id");
        await().atMost(PATIENCE)
                .until(() -> state.equals(gateway.get(path).get("state").asString()));
    }
}
