package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.process.WallClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.LongFunction;
import java.util.function.LongToIntFunction;

/** A callback URL: answers at once and remembers what it answered with success. One thread, plain sockets. */
public final class Receiver implements AutoCloseable {
    private static final int BACKLOG = 4_096;

    private final LongFunction<Sightings> sightings;
    private final Answerer answerer;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final Thread thread;

    /** Answers one notification after the other, as it likes. */
    @FunctionalInterface
    public interface Answerer {
        /**
         * Answers, on the one thread there is: it must not block.
         *
         * @param id in the notification's body
         * @return whether the notification counts as taken
         */
        boolean answer(SocketChannel channel, long id) throws IOException;
    }

    private Receiver(LongFunction<Sightings> sightings, Answerer answerer) {
        this.sightings = sightings;
        this.answerer = answerer;
        try {
            this.selector = Selector.open();
            this.server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            server.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        this.thread = new Thread(this::serve, "receiver");
        thread.setDaemon(true);
    }

    /**
     * Starts one on a free port.
     *
     * @param answer the HTTP status for a notification with that id
     */
    public static Receiver start(Sightings sightings, LongToIntFunction answer) {
        return start(sightings, (channel, id) -> {
            int status = answer.applyAsInt(id);
            write(channel, status);
            return Ledger.isSuccess(status);
        });
    }

    /** Starts one that answers in ways of its own. */
    public static Receiver start(Sightings sightings, Answerer answerer) {
        return start((long id) -> sightings, answerer);
    }

    /**
     * The same with several to remember it.
     *
     * @param sightings the ones for that id
     */
    public static Receiver start(LongFunction<Sightings> sightings, Answerer answerer) {
        Receiver receiver = new Receiver(sightings, answerer);
        receiver.thread.start();
        return receiver;
    }

    /** Where notifications are to be sent. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/callback";
    }

    /** Where it listens. */
    public int port() {
        return server.socket().getLocalPort();
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException | ClosedSelectorException closed) {
            // Closing the selector is how this thread is told to end.
            Thread.currentThread().interrupt();
        }
    }

    private void ready(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else if (key.attachment() instanceof RequestReader reader) {
            read(key, reader);
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.socket().setTcpNoDelay(true);
                channel.register(selector, SelectionKey.OP_READ, new RequestReader((id, webhook) -> {
                    if (answerer.answer(channel, id)) {
                        sightings.apply(id).answered(id, webhook, WallClock.micros());
                    }
                }));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The usual answer with that status. */
    public static void write(SocketChannel channel, int status) throws IOException {
        ByteBuffer response = ByteBuffer.wrap(
                ("HTTP/1.1 " + status + " Answer\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
                        .getBytes(US_ASCII));
        // An answer of 80 bytes always fits the socket's buffer: each request is answered before the next is sent.
        channel.write(response);
    }

    private static void read(SelectionKey key, RequestReader reader) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (!reader.read(channel)) {
                channel.close();
            }
        } catch (IOException broken) {
            close(channel);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
