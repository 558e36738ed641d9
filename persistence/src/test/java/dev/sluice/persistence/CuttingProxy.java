package dev.sluice.persistence;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and PostgreSQL and, when told to, cuts the connection at the worst moment of a COMMIT, or lets all
 * connections fall silent.
 */
public final class CuttingProxy implements AutoCloseable {
    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ServerSocket listener;
    private final DatabaseAddress server;
    private final AtomicReference<Cut> cut = new AtomicReference<>(Cut.NONE);
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();

    /** When the connection is cut. */
    public enum Cut {
        NONE,
        /** The server never sees the COMMIT. */
        BEFORE_COMMIT,
        /** The server has committed, and its answer is swallowed. */
        BEFORE_ANSWER,
        /** The server never sees the COMMIT, and neither side is told that the other is gone. */
        SILENT_BEFORE_COMMIT
    }

    /** A COMMIT that is on its way, and comes no further. */
    public static final class Held {
        private final CountDownLatch decided = new CountDownLatch(1);
        private volatile boolean arrived;

        /** Whether the client has sent it. */
        public boolean hasArrived() {
            return arrived;
        }

        /** The connection is cut; the server never sees it. */
        public void cut() {
            decided.countDown();
        }

        private void awaitCut() {
            arrived = true;
            try {
                decided.await();
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public CuttingProxy(DatabaseAddress server) {
        this.server = server;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        start(this::accept);
    }

    /** The server's database, through this. */
    public DatabaseAddress address() {
        return new DatabaseAddress(
                "127.0.0.1", listener.getLocalPort(), server.database(), server.user(), server.password());
    }

    /** Cuts the next connection that commits. */
    public void cutNext(Cut moment) {
        cut.set(moment);
    }

    /** Whether it has met the COMMIT that it was to cut. */
    public boolean hasCut() {
        return cut.get() == Cut.NONE;
    }

    /** Holds the next COMMIT back, on whatever connection it comes; all others go on. */
    public Held holdNextCommit() {
        Held next = new Held();
        held.set(next);
        return next;
    }

    /** Existing connections carry nothing any more, and neither side is told; new ones work. */
    public void silence() {
        pairs.forEach(pair -> pair.swallowing = true);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Pair pair = new Pair(listener.accept(), new Socket(server.host(), server.port()));
                pairs.add(pair);
                start(pair::toServer);
                start(pair::toClient);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    /** One client's connection and ours to the server. */
    private final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile boolean cutting;
        private volatile boolean swallowing;

        Pair(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void toServer() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try (client;
                    server) {
                InputStream in = client.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    boolean commits = commits(buffer, read);
                    Held holding = commits ? held.getAndSet(null) : null;
                    if (holding != null) {
                        holding.awaitCut();
                        return;
                    }
                    Cut moment = commits ? cut.getAndSet(Cut.NONE) : Cut.NONE;
                    if (moment == Cut.BEFORE_COMMIT) {
                        return;
                    }
                    swallowing |= moment == Cut.SILENT_BEFORE_COMMIT;
                    if (moment == Cut.BEFORE_ANSWER) {
                        cutting = true;
                    }
                    if (swallowing) {
                        continue;
                    }
                    server.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException closed) {
                // One side is gone, and with it the other.
            }
        }

        private boolean commits(byte[] sent, int length) {
            return length >= COMMIT.length
                    && Arrays.equals(Arrays.copyOfRange(sent, length - COMMIT.length, length), COMMIT);
        }

        void toClient() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try (client;
                    server) {
                InputStream in = server.getInputStream();
                for (int read = in.read(buffer); read >= 0 && !cutting; read = in.read(buffer)) {
                    if (!swallowing) {
                        client.getOutputStream().write(buffer, 0, read);
                    }
                }
            } catch (IOException closed) {
                // One side is gone, and with it the other.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
