package dev.sluice.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ConsoleGateway.Shared.class)
final class EndpointPagesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ENDPOINT = Pattern.compile("id=\"endpoint-(\\d+)\"");
    private static final Pattern MORE = Pattern.compile("href=\"(/console/endpoints\\?[^\"]*after=[^\"]*)\"");
    private static final Map<String, String> NO_RETRY_SOON =
            Map.of("event.notification.retry.schedule", "7200s,14400s");

    private final ConsoleGateway gateway;
    private final Acts acts;

    EndpointPagesIT(ConsoleGateway gateway) {
        this.gateway = gateway;
        this.acts = new Acts(gateway.administrator());
    }

    @Test
    void listsTheEndpointsOfAllInstancesPageByPage() throws IOException, InterruptedException {
        String callbacks = IntStream.range(0, 20)
                .mapToObj(each -> "https://many.example.com/" + each)
                .collect(Collectors.joining(","));
        acts.instance("With many", callbacks, Map.of());
        acts.instance("With one", "https://one.example.com/events", Map.of());

        List<Long> ids = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        String path = "/console/endpoints";
        while (!path.isEmpty()) {
            String page = gateway.administrator().get(path).body();
            ENDPOINT.matcher(page).results().forEach(each -> ids.add(Long.valueOf(each.group(1))));
            all.append(page);
            Matcher more = MORE.matcher(page);
            path = more.find() ? more.group(1).replace("&amp;", "&") : "";
        }
        assertThat(ids).hasSizeGreaterThan(20).isSorted().doesNotHaveDuplicates();
        assertThat(all)
                .contains(
                        "https://many.example.com/0<",
                        "https://many.example.com/19<",
                        "https://one.example.com/events");
    }

    @Test
    void saysWhatWaitsAndSendsItOnDemand() throws IOException, InterruptedException {
        AtomicInteger status = new AtomicInteger(503);
        AtomicInteger received = new AtomicInteger();
        HttpServer callback = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        callback.createContext("/", exchange -> {
            received.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        callback.start();
        try {
            String url = "http://localhost:" + callback.getAddress().getPort() + "/events";
            String instance = acts.instance("Held up", url, NO_RETRY_SOON);
            Acts.hire(acts.webhookUrl(instance), 1);
            String page = instance + "/endpoints";
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(gateway.administrator().get(page).body())
                                    .contains("<span>1</span>, since", "1 attempt in the last hour", ">0 %<")
                                    .contains("The last failure", "The callback answered 503. It is down")
                                    .containsPattern("/console/events/[\\w-]{32}\">See the event")
                                    .contains(instance + "/edit\">Change the callback URL"));

            status.set(200);
            Matcher drain = Pattern.compile("action=\"([^\"]+/drain)\"")
                    .matcher(gateway.administrator().get(page).body());
            assertThat(drain.find()).isTrue();
            assertThat(gateway.stranger().post(drain.group(1), Map.of()).statusCode())
                    .isEqualTo(404);
            assertThat(gateway.administrator()
                            .post(drain.group(1), Map.of("instance", instance.replaceAll(".*/", "")))
                            .headers()
                            .firstValue("Location")
                            .orElseThrow())
                    .startsWith(page + "#endpoint-");

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(gateway.administrator().get(page).body())
                                    .contains("2 attempts in the last hour", ">50.0 %<", ">nothing<")
                                    .doesNotContain("/drain"));
            assertThat(received).hasValue(2);
        } finally {
            callback.stop(0);
        }
    }

    @Test
    void findsThoseInTroubleAndShowsAnotherOrganizationNothing() throws IOException, InterruptedException {
        String instance = acts.instance("Switched off", "https://off.example.com/events", Map.of());
        Matcher endpoint = ENDPOINT.matcher(
                gateway.administrator().get(instance + "/endpoints").body());
        assertThat(endpoint.find()).isTrue();
        String one = "/console/endpoints/" + endpoint.group(1);

        for (String act : List.of("/deactivate", "/reactivate", "/drain")) {
            assertThat(gateway.stranger().post(one + act, Map.of()).statusCode())
                    .as(act)
                    .isEqualTo(404);
        }
        assertThat(gateway.administrator().get("/console/endpoints?trouble=yes").body())
                .doesNotContain("https://off.example.com/events");
        gateway.administrator().post(one + "/deactivate", Map.of());
        assertThat(gateway.administrator().get("/console/endpoints?trouble=yes").body())
                .contains("https://off.example.com/events", "Deactivated on demand.");

        assertThat(gateway.stranger().get("/console/endpoints").body()).contains("No endpoint", "In trouble: 0");
        assertThat(gateway.stranger().get("/console/endpoints?trouble=yes").body())
                .contains("None is in trouble");
        assertThat(gateway.stranger().get(instance + "/endpoints").statusCode()).isEqualTo(404);
        assertThat(gateway.administrator()
                        .get("/console/instances/none/endpoints")
                        .statusCode())
                .isEqualTo(404);
    }
}
