package dev.sluice.gateway.rig.network;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sluice.gateway.planted.Said;
import dev.sluice.gateway.rig.process.FreePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The HAProxy that the machine has, set up by {@code deploy/haproxy.cfg}, before two gateways on this machine. */
public final class HaProxy implements AutoCloseable {
    private static final String PROGRAM = "haproxy";
    private static final Path CONFIGURATION =
            Path.of("..", "deploy", "haproxy.cfg").toAbsolutePath().normalize();
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;

    private HaProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The program; without one tests are skipped, but not in CI, which installs it. */
    public static Path program() {
        Optional<Path> program = Stream.concat(
                        Pattern.compile(Pattern.quote(File.pathSeparator)).splitAsStream(System.getenv("PATH")),
                        Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            String missing = "HAProxy is not installed (expected: the command " + PROGRAM + " on the PATH)";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        return program.orElseThrow();
    }

    /**
     * Starts it before two ports of this machine.
     *
     * @param directory for its log
     */
    public static HaProxy start(Path program, Path directory, int first, int second) {
        int port = FreePort.find();
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "-db", "-f", CONFIGURATION.toString())
                .redirectErrorStream(true)
                .redirectOutput(Said.newLog("haproxy", directory).toFile());
        builder.environment().put("SLUICE_BIND", "127.0.0.1:" + port);
        builder.environment().put("SLUICE_NODE1", "127.0.0.1:" + first);
        builder.environment().put("SLUICE_NODE2", "127.0.0.1:" + second);
        try {
            Process process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-haproxy"));
            HaProxy started = new HaProxy(process, port);
            await("HAProxy accepts connections, see " + directory)
                    .atMost(START_LIMIT)
                    .until(started::answers);
            return started;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where it takes requests. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
