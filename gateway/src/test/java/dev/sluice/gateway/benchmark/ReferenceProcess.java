package dev.sluice.gateway.benchmark;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.process.FreePort;
import dev.sluice.gateway.rig.process.JavaProcess;
import dev.sluice.gateway.rig.traffic.Target;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A reference server in a process of its own, with as much heap as the gateway. */
final class ReferenceProcess implements AutoCloseable {
    static final String PGLZ = "pglz";

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final JavaProcess process;
    private final int port;
    private final String secret;

    private ReferenceProcess(JavaProcess process, int port, String secret) {
        this.process = process;
        this.port = port;
        this.secret = secret;
    }

    /** Starts it; it may not listen yet. */
    static ReferenceProcess start(Reference kind, Path directory, String secret, DatabaseAddress database) {
        int port = FreePort.find();
        return new ReferenceProcess(
                JavaProcess.startInstrument(new JavaProcess.Command(
                        kind.name().toLowerCase(Locale.ROOT),
                        ReferenceServer.class.getName(),
                        Stream.concat(
                                        BenchDatabase.JVM_OPTIONS.stream(),
                                        Stream.of("-Xmx512m", "-Dlogback.configurationFile=rig/logback.xml"))
                                .toList(),
                        List.of(kind.name(), String.valueOf(port), secret, GatewaySetup.url(database)),
                        Map.of(),
                        directory)),
                port,
                secret);
    }

    void awaitListening() {
        await("reference server listens").atMost(START_LIMIT).until(this::listens);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    Target target() {
        return target("MQ");
    }

    /** The same, storing where PostgreSQL compresses with pglz. */
    Target pglzTarget() {
        return target(PGLZ);
    }

    private Target target(String id) {
        return Target.local(port, "/elements/api-v2/events/github/" + id, secret);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.kill();
    }
}
