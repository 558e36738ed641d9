package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The port the server listens on: the last one when it is free, so that a person's tools find it again. */
final class LocalPort {
    // Below what systems hand out to outgoing connections: one of those could take the port while the server restarts.
    private static final int FROM = 15_432;
    private static final int TO = 25_432;

    private LocalPort() {}

    /** Chooses a free port and remembers it in the file. */
    static int choose(Path file) throws IOException {
        int last = Files.exists(file) ? parse(Files.readString(file).strip()) : FROM;
        int port = isFree(last)
                ? last
                : IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FROM, TO))
                        .limit(1_000)
                        .filter(LocalPort::isFree)
                        .findFirst()
                        .orElseThrow(() -> new EmbeddedDatabaseException(
                                "embedded PostgreSQL: no free port (expected: one of " + FROM + ".." + TO + ")"));
        Files.writeString(file, Integer.toString(port));
        return port;
    }

    private static int parse(String text) {
        return text.matches("\\d{4,5}") ? Integer.parseInt(text) : FROM;
    }

    static boolean isFree(int port) {
        if (port > 0xFFFF) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
