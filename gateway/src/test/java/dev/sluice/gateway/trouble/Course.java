package dev.sluice.gateway.trouble;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.ledger.Received;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.postgres.Postmaster;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.LoadProcess;
import dev.sluice.gateway.rig.traffic.ReceiverProcess;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A gateway with its database, a provider and a callback that is well, each in a process of its own. */
final class Course implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CONNECTIONS = 64;

    private final Path directory;
    private final Gateway gateway;
    private final LoadProcess load;
    private final ReceiverProcess receiver;
    private long nextId;

    Course(Path directory) {
        this.directory = directory;
        this.gateway = Gateway.start(
                GatewaySetup.embedded("gateway", directory).withOptions(List.of("-XX:CICompilerCount=4")));
        gateway.awaitReady(PATIENCE);
        this.load = LoadProcess.start(directory);
        this.receiver = ReceiverProcess.start(directory);
    }

    /**
     * A stretch of load, row by row the same ids.
     *
     * @param deliveriesPerSecond from its beginning until the last of it was delivered
     */
    record Stretch(Sent sent, Received received, double deliveriesPerSecond) {

        /** From the time a webhook was to be sent to its callback's answer. */
        double p99Millis() {
            return Figures.p99(IntStream.range(0, sent.size())
                            .filter(row -> received.times(row) > 0)
                            .mapToLong(row -> received.answeredMicros(row) - sent.intendedMicros(row))
                            .toArray())
                    / 1e3;
        }

        private static long acknowledged(Sent sent) {
            return IntStream.range(0, sent.size()).filter(sent::isAcknowledged).count();
        }

        private static long delivered(Received received) {
            return IntStream.range(0, received.size())
                    .mapToLong(received::times)
                    .sum();
        }
    }

    Gateway gateway() {
        return gateway;
    }

    String url() {
        return receiver.url();
    }

    DatabaseAddress database() {
        return Postmaster.find(directory).orElseThrow().embeddedAddress();
    }

    /**
     * Sends to an instance until the time is over, and waits until all of it has been delivered.
     *
     * @param perSecond 0 sends the next as soon as one is answered
     * @param endpoints how many the instance has
     */
    Stretch run(Gateway.Instance instance, double perSecond, Duration duration, int endpoints) {
        long since = System.nanoTime();
        Sent sent = load.run(gateway.target(instance), new LoadPlan(CONNECTIONS, perSecond, duration, nextId, false));
        long firstId = nextId;
        nextId += sent.size();
        long expected = Stretch.acknowledged(sent) * endpoints;
        await("all is delivered")
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(Duration.ZERO)
                .atMost(PATIENCE)
                .until(() -> Stretch.delivered(receiver.received(firstId, sent.size())) >= expected);
        double seconds = (System.nanoTime() - since) / 1e9;
        return new Stretch(sent, receiver.received(firstId, sent.size()), expected / seconds);
    }

    @Override
    public void close() {
        gateway.close();
        load.close();
        receiver.close();
    }
}
