package dev.sluice.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.EventLogReader.Stored;
import dev.sluice.gateway.rig.postgres.Postmaster;
import dev.sluice.gateway.rig.traffic.Receiver;
import dev.sluice.gateway.rig.traffic.Target;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest webhooks, forty at once, on 512 MB of heap: taken or turned away, never lost, never too much. */
final class LargeBodiesIT {
    private static final int AT_ONCE = 40;
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(START_LIMIT)
            .build();

    @Test
    void takesOrTurnsAwayFortyBodiesOf25MegabytesAtOnce(@TempDir Path directory) {
        Sightings sightings = new Sightings();
        try (Receiver receiver = Receiver.start(sightings, id -> 200);
                Gateway gateway = Gateway.start(GatewaySetup.embedded("gateway", directory))) {
            gateway.awaitReady(START_LIMIT);
            Gateway.Instance instance = gateway.provision("large", receiver.url());
            Target target = gateway.target(instance);

            List<CompletableFuture<Integer>> sent =
                    IntStream.range(0, AT_ONCE).mapToObj(id -> send(target, id)).toList();
            List<Integer> answers = sent.stream().map(CompletableFuture::join).toList();
            System.out.println("large bodies: "
                    + answers.stream().filter(status -> status == 200).count() + " taken");
            assertThat(answers).as("answers to 40 bodies at once").isSubsetOf(200, 503);

            IntStream.range(0, AT_ONCE).filter(id -> answers.get(id) == 503).forEach(id -> resend(target, id));

            await("all are delivered").atMost(ANSWER_LIMIT).until(() -> sightings.distinct() == AT_ONCE);
            assertDeliveredOnceAndStoredAsSent(directory, instance, sightings);
            assertThat(gateway.isAlive()).isTrue();
            assertThat(gateway.said()).doesNotContain("OutOfMemoryError");
        }
    }

    private CompletableFuture<Integer> send(Target target, int id) {
        LargeBody body = new LargeBody(id);
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + target.addresses().get(0).getPort() + target.path()))
                                .timeout(ANSWER_LIMIT)
                                .header("Content-Type", "application/json")
                                .header("X-GitHub-Event", "push")
                                .header("X-GitHub-Delivery", "51c1ce00-0000-4000-8000-%012d".formatted(id))
                                .header("X-Hub-Signature-256", body.signature(target.secret()))
                                .POST(BodyPublishers.fromPublisher(
                                        BodyPublishers.ofByteArrays(body.pieces()), LargeBody.BYTES))
                                .build(),
                        BodyHandlers.discarding())
                .thenApply(LargeBodiesIT::statusOf);
    }

    /** A 503 must say when to come again. */
    private static int statusOf(HttpResponse<Void> response) {
        if (response.statusCode() == 503) {
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
        }
        return response.statusCode();
    }

    private void resend(Target target, int id) {
        await("body " + id + " is taken in the end")
                .atMost(ANSWER_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> send(target, id).join() == 200);
    }

    private static void assertDeliveredOnceAndStoredAsSent(
            Path directory, Gateway.Instance instance, Sightings sightings) {
        Received received = sightings.received(0, AT_ONCE);
        assertThat(IntStream.range(0, AT_ONCE).map(received::times)).containsOnly(1);
        try (EventLogReader log =
                EventLogReader.connect(Postmaster.find(directory).orElseThrow().embeddedAddress())) {
            Stored stored = log.read(instance.id(), LargeBody.blank(), LargeBody.idOffset());
            assertThat(stored.ids().cardinality()).isEqualTo(AT_ONCE);
            assertThat(List.of(stored.repeated(), stored.unequal())).containsOnly(0);
        }
    }
}
