package dev.sluice.gateway.events;

import static dev.sluice.gateway.events.EventRig.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.provisioning.ApiServer;
import dev.sluice.persistence.delivery.Attempt.Ending;
import dev.sluice.persistence.delivery.Outcome;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Instance;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.json.JsonMapper;

final class EventSearchIT {
    private static final EventRig RIG = new EventRig();

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

    @ParameterizedTest
    @CsvSource({
        "objectType=push, 2",
        "objectType=issues, 1",
        "objectType=stars, 0",
        "objectId=7, 1",
        "eventType=CREATED, 1",
        "eventType=UPDATED&objectType=push, 2",
        "eventType=CREATED&objectType=push, 0",
        "objectId=7&objectType=push, 0",
        "status=NOTIFIED, 1",
        "status=failed, 1",
        "status=DISPATCHED, 1",
        "status=RECEIVED, 0",
        "status=NEW, 0",
        "status=FAILED&objectType=push, 1",
        "from=2020-01-01T00:00:00Z, 3",
        "to=2020-01-01T00:00:00Z, 0",
        "from=2020-01-01T00:00:00%2B01:00&status=FAILED, 1"
    })
    void findsEventsByWhatHappenedToWhatAndWhatBecameOfIt(String query, int found) {
        RIG.end(instance, RIG.append(instance, RIG.item("push", "1", "UPDATED")), Ending.DELIVERED);
        RIG.end(instance, RIG.append(instance, RIG.item("push", "2", "UPDATED")), Ending.EXHAUSTED);
        RIG.owe(instance, RIG.append(instance, RIG.item("issues", "7", "CREATED"), RIG.item("labels", "8", "UPDATED")));

        assertThat(ids(get("/instances/" + instance.id() + "/events?" + query))).hasSize(found);
        assertThat(ids(get("/instances/events?" + query))).hasSize(found);
    }

    @Test
    void listsAllInstancesEventsTogetherTheNewestFirst() {
        Instance other = RIG.instance();
        EventId first = delivered(instance);
        EventId second = delivered(other);
        EventId third = delivered(instance);

        assertThat(ids(get("/instances/events"))).containsExactly(third.encoded(), second.encoded(), first.encoded());
        assertThat(ids(get("/instances/events?instanceId=" + other.id()))).containsExactly(second.encoded());
        assertThat(ids(RIG.as(ApiServer.STRANGER).get().uri("/instances/events").exchange()))
                .isEmpty();
        assertThat(ids(RIG.as(ApiServer.STRANGER)
                        .get()
                        .uri("/instances/events?instanceId=" + instance.id())
                        .exchange()))
                .isEmpty();
    }

    @Test
    void findsWhatIsOwedToNobody() {
        EventId event = RIG.append(instance, RIG.item("push", "1", "UPDATED"));
        RIG.record(new Outcome.Unowed(event));

        assertThat(ids(get("/instances/events?objectId=1&status=RECEIVED"))).containsExactly(event.encoded());
    }

    @ParameterizedTest
    @CsvSource({"''", "eventType=UPDATED", "objectType=push", "status=NOTIFIED", "objectId=1"})
    void goesFromPageToPageWithoutALossOrARepeat(String query) {
        List<String> all = new ArrayList<>(IntStream.range(0, 7)
                .mapToObj(i -> {
                    EventId event =
                            RIG.append(instance, RIG.item("push", "1", "UPDATED"), RIG.item("push", "1", "UPDATED"));
                    RIG.end(instance, event, Ending.DELIVERED);
                    return event.encoded();
                })
                .toList());
        Collections.reverse(all);

        assertThat(walk("/instances/" + instance.id() + "/events?pageSize=3&" + query))
                .isEqualTo(all);
        assertThat(walk("/instances/events?pageSize=2&" + query)).isEqualTo(all);
    }

    @Test
    void goesOnWhereAPageHasLookedAtEnough() {
        EventId oldest = RIG.append(instance, RIG.item("lamp", "7", "CREATED"));
        RIG.end(instance, oldest, Ending.DELIVERED);
        RIG.fillSearch(instance, 12_000);

        EntityExchangeResult<byte[]> first = get("/instances/events?objectType=lamp")
                .expectHeader()
                .exists("Elements-Next-Page-Token")
                .expectBody()
                .returnResult();
        assertThat(new String(Objects.requireNonNull(first.getResponseBody()), UTF_8))
                .isEqualTo("[]");
        assertThat(walk("/instances/events?objectType=lamp")).containsExactly(oldest.encoded());
        assertThat(walk("/instances/events?eventType=CREATED&status=NOTIFIED")).containsExactly(oldest.encoded());
    }

    @Test
    void findsAFrequentObjectOfAQuietInstanceAtOnce() {
        EventId quiet = RIG.append(instance, RIG.item("push", "main", "UPDATED"));
        RIG.end(instance, quiet, Ending.DELIVERED);
        RIG.fillSearch(RIG.instance(), 2_500);

        assertThat(ids(get("/instances/" + instance.id() + "/events?objectId=main")))
                .containsExactly(quiet.encoded());
        assertThat(ids(get("/instances/events?objectId=main&instanceId=" + instance.id())))
                .containsExactly(quiet.encoded());
    }

    @ParameterizedTest
    @CsvSource({
        "status=LOST",
        "from=yesterday",
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "to=2020-01-01",
        "instanceId=x",
        "pageSize=201",
        "nextPage=x"
    })
    void refusesFiltersThatItCannotRead(String query) {
        get("/instances/events?" + query)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.message")
                .value(message ->
                        assertThat(String.valueOf(message)).startsWith(query.substring(0, query.indexOf('='))));
    }

    private EventId delivered(Instance of) {
        EventId event = RIG.append(of, RIG.item("push", "1", "UPDATED"));
        RIG.end(of, event, Ending.DELIVERED);
        return event;
    }

    private List<String> walk(String path) {
        List<String> seen = new ArrayList<>();
        String token = "";
        while (token != null) {
            EntityExchangeResult<byte[]> page = get(path + "&nextPage=" + token)
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .returnResult();
            JsonMapper.shared()
                    .readTree(Objects.requireNonNull(page.getResponseBody()))
                    .forEach(event -> seen.add(event.get("id").asString()));
            token = page.getResponseHeaders().getFirst("Elements-Next-Page-Token");
        }
        return seen;
    }

    private ResponseSpec get(String path) {
        return client.get()
                .uri(URI.create(RIG.server().url() + "/elements/api-v2" + path))
                .exchange();
    }

    private static List<String> ids(ResponseSpec answer) {
        return StreamSupport.stream(json(answer).spliterator(), false)
                .map(event -> event.get("id").asString())
                .toList();
    }
}
