package dev.sluice.gateway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.gateway.rig.traffic.Receiver;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A callback that behaves in the manner it is told. While it behaves well, it refuses a small share all the same. */
public final class UnrulyCallback implements Receiver.Answerer, AutoCloseable {
    private static final String WELL_MEANT = "HTTP/1.1 200 Answer\r\nContent-Type: application/json\r\n";
    private static final String DRIPPED = WELL_MEANT + "Content-Length: 2\r\n\r\n{}";
    private static final long FLOOD_BYTES = 10_000_000_000L;
    private static final ByteBuffer FLOOD = ByteBuffer.allocateDirect(256 * 1024);

    private final FlakyCallback flaky;
    private final AtomicLong flooded = new AtomicLong();
    private final AtomicLong floods = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "unruly-callback");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Manner manner = Manner.WELL;

    /** What it does with a notification. */
    public enum Manner {
        WELL,
        FAILS_HALF,
        ANSWERS_200_AND_RESETS,
        HANGS,
        DRIPS_A_BYTE_A_SECOND,
        SENDS_TEN_GIGABYTES,
        REDIRECTS,
        PROMISES_MORE_THAN_IT_SENDS,
        SENDS_MORE_THAN_IT_PROMISES
    }

    UnrulyCallback(long seed, double refusedShare) {
        this.flaky = new FlakyCallback(seed, refusedShare);
    }

    void behave(Manner next) {
        manner = next;
    }

    /** Takes everything from now on. */
    void recover() {
        flaky.recover();
        manner = Manner.WELL;
    }

    /** How many bytes of an endless answer went out on average; 0 when there was none. */
    long floodedAnAnswer() {
        return flooded.get() / Math.max(1, floods.get());
    }

    @Override
    public boolean answer(SocketChannel channel, long id) throws IOException {
        return switch (manner) {
            case WELL -> answer(channel, flaky.answer(id));
            case FAILS_HALF -> answer(channel, id % 2 == 0 ? 500 : 200);
            case ANSWERS_200_AND_RESETS -> {
                write(channel, WELL_MEANT + "Content-Length: 2\r\n\r\n{}");
                reset(channel);
                yield true;
            }
            case HANGS -> false;
            case DRIPS_A_BYTE_A_SECOND -> drip(channel);
            case SENDS_TEN_GIGABYTES -> flood(channel);
            case REDIRECTS -> {
                write(channel, "HTTP/1.1 307 Elsewhere\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
                yield false;
            }
            case PROMISES_MORE_THAN_IT_SENDS -> {
                write(channel, WELL_MEANT + "Content-Length: 1000\r\n\r\n{}");
                channel.close();
                yield true;
            }
            // Whoever takes the second answer for that of the next notification believes what was never said.
            case SENDS_MORE_THAN_IT_PROMISES -> {
                write(channel, "HTTP/1.1 500 Answer\r\nContent-Length: 0\r\n\r\n" + DRIPPED);
                yield false;
            }
        };
    }

    private static boolean answer(SocketChannel channel, int status) throws IOException {
        Receiver.write(channel, status);
        return status == 200;
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    private static void reset(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** Its status line would be there after a dozen seconds, which is too late. */
    private boolean drip(SocketChannel channel) {
        ByteBuffer drops = ByteBuffer.wrap(DRIPPED.getBytes(US_ASCII));
        repeat(1_000, () -> {
            drops.limit(drops.position() + 1);
            channel.write(drops);
            return drops.position() < drops.capacity();
        });
        return false;
    }

    private boolean flood(SocketChannel channel) throws IOException {
        write(channel, WELL_MEANT + "Content-Length: " + FLOOD_BYTES + "\r\n\r\n");
        floods.incrementAndGet();
        repeat(5, () -> {
            flooded.addAndGet(channel.write(FLOOD.duplicate()));
            return true;
        });
        return true;
    }

    /** What is done again and again, until it has no more to do or the connection is closed. */
    private interface Step {
        boolean next() throws IOException;
    }

    private void repeat(long millis, Step step) {
        Future<?>[] repetition = new Future<?>[1];
        // On one thread: the first step comes after this is set.
        clock.execute(() -> repetition[0] = clock.scheduleAtFixedRate(
                () -> {
                    if (!isToBeContinued(step)) {
                        repetition[0].cancel(false);
                    }
                },
                0,
                millis,
                TimeUnit.MILLISECONDS));
    }

    private static boolean isToBeContinued(Step step) {
        try {
            return step.next();
        } catch (IOException closed) {
            return false;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
