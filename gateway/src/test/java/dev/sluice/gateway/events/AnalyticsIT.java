package dev.sluice.gateway.events;

import static dev.sluice.gateway.events.EventRig.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

final class AnalyticsIT {
    private static final EventRig RIG = new EventRig();
    private static final String ANALYTICS = "/instances/events/analytics";

    private final WebTestClient client = RIG.as(ApiServer.CALLER);
    private Instance instance;

    @AfterAll
    static void stop() {
        RIG.close();
    }

    @BeforeEach
    void createInstance() {
        RIG.clear();
        instance = RIG.instance();
    }

    @Test
    void hasARowForEveryMinuteOfAnHourAndItsEnd() {
        EventId event = RIG.append(instance, RIG.item("push", "1", "UPDATED"));
        RIG.end(instance, event, Ending.DELIVERED);
        Instant to = event.receivedAt().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));

        JsonNode rows = json(get("?interval=minute&from=" + to.minus(Duration.ofHours(1)) + "&to=" + to));

        assertThat(rows).hasSize(61);
        assertThat(rows.get(59).get("count").asInt()).isOne();
        assertThat(rows.get(59).get("timestamp").asString())
                .isEqualTo(to.minus(Duration.ofMinutes(1)).toString());
        assertThat(sum(rows, "count")).isOne();
    }

    @Test
    void countsWhatBecameOfEachInstancesEvents() {
        Instance other = RIG.instance();
        RIG.end(instance, RIG.append(instance, RIG.item("push", "1", "UPDATED")), Ending.DELIVERED);
        RIG.end(instance, RIG.append(instance, RIG.item("push", "1", "UPDATED")), Ending.EXHAUSTED);
        RIG.owe(other, RIG.append(other, RIG.item("push", "1", "UPDATED")));

        JsonNode rows = json(get("/instances?interval=day&instanceId=" + instance.id()));
        JsonNode all = json(get("/accounts?interval=day"));

        JsonNode record = rows.get(0).get("records").get(0);
        assertThat(sum(rows, "total")).isEqualTo(2);
        assertThat(record.get("success").asInt()).isOne();
        assertThat(record.get("failed").asInt()).isOne();
        assertThat(record.get("instanceId").asLong()).isEqualTo(instance.id());
        assertThat(sum(all, "total")).isEqualTo(3);
        assertThat(sum(json(RIG.as(ApiServer.STRANGER).get().uri(ANALYTICS).exchange()), "count"))
                .isZero();
    }

    @Test
    void countsOneInstanceByEveryInterval() {
        EventId event = RIG.append(instance, RIG.item("push", "1", "UPDATED"));
        RIG.end(instance, event, Ending.DELIVERED);
        Instance other = RIG.instance();
        RIG.end(other, RIG.append(other, RIG.item("push", "1", "UPDATED")), Ending.DELIVERED);
        Instant at = event.receivedAt();

        for (String interval : List.of("minute", "hour", "day", "week")) {
            String span = "interval=" + interval + "&from=" + at.minus(Duration.ofHours(3)) + "&to="
                    + at.plus(Duration.ofMinutes(2));
            JsonNode rows = json(get("/instances?" + span + "&instanceId=" + instance.id()));

            assertThat(sum(rows, "total")).as(interval).isOne();
            assertThat(sum(json(get("?" + span + "&instanceId=" + instance.id())), "count"))
                    .as(interval)
                    .isOne();
            assertThat(sum(json(get("/instances?" + span)), "total"))
                    .as(interval)
                    .isEqualTo(2);
        }
    }

    @Test
    void beginsSlotsOfAnHourOnWholeHours() {
        EventId event = RIG.append(instance, RIG.item("push", "1", "UPDATED"));
        RIG.end(instance, event, Ending.DELIVERED);
        Instant hour = event.receivedAt().truncatedTo(ChronoUnit.HOURS);

        JsonNode rows = json(get("?interval=hour&from=" + hour.minus(Duration.ofMinutes(17)) + "&to="
                + event.receivedAt().plus(Duration.ofMillis(1))));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).get("timestamp").asString()).isEqualTo(hour.toString());
        assertThat(rows.get(1).get("count").asInt()).isOne();
    }

    @Test
    void refusesMoreRecordsThanAnAnswerMayHave() {
        RIG.fillCounts(instance.organizationId(), 100_001);

        get("/instances?interval=day")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.message")
                .value(message -> assertThat(String.valueOf(message))
                        .startsWith("interval: too many records (expected: at most"));
        assertThat(sum(json(get("/instances?interval=day&instanceId=7")), "total"))
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "?interval=second, 400",
        "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, 400",
        "?from=2000-01-01T00:00:00Z, 400",
        "/accounts?accountIds[]=999, 403"
    })
    void refusesWhatItDoesNotCount(String query, int status) {
        get(query).expectStatus().isEqualTo(status);
    }

    private ResponseSpec get(String query) {
        return client.get().uri(ANALYTICS + query).exchange();
    }

    private static long sum(JsonNode rows, String field) {
        return StreamSupport.stream(rows.spliterator(), false)
                .mapToLong(row -> row.get(field).asLong())
                .sum();
    }
}
