package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Reads HTTP requests of any size off one connection and keeps of each its {@code webhook-id} and the id in its body.
 * What fits the buffer is looked at in place; a larger or chunked body streams through.
 */
final class RequestReader {
    private static final int CAPACITY = 32 * 1024;

    /** What a complete request is handed to. */
    interface Sink {
        /**
         * Takes the request and answers it.
         *
         * @param id the id in the body, {@link IdScanner#NONE} without one
         * @param webhookId the header's digest, 0 without one
         */
        void complete(long id, long webhookId) throws IOException;
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final byte[] bytes = new byte[CAPACITY];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private final HttpHead head = new HttpHead();
    private final IdScanner scanner = new IdScanner();
    private final Sink sink;

    private State state = State.HEAD;
    private long remaining;
    private int from;
    private int to;
    private int idHint;

    RequestReader(Sink sink) {
        this.sink = sink;
    }

    /** Reads what has come; returns false when the other side has closed. */
    boolean read(ReadableByteChannel channel) throws IOException {
        if (channel.read(buffer) < 0) {
            return false;
        }
        from = 0;
        to = buffer.position();
        while (step()) {
            // Each step takes one part of a request out of the buffer.
        }
        if (from == 0 && to == CAPACITY) {
            throw new IOException("request head or line over " + CAPACITY + " bytes");
        }
        buffer.limit(to).position(from);
        buffer.compact();
        return true;
    }

    private boolean step() throws IOException {
        return switch (state) {
            case HEAD -> head();
            case BODY -> body() && complete();
            case CHUNK_SIZE -> chunkSize();
            case CHUNK -> body() && become(State.CHUNK_END);
            case CHUNK_END -> line() >= 0 && become(State.CHUNK_SIZE);
            case TRAILER -> trailer();
        };
    }

    private boolean head() throws IOException {
        if (!head.read(bytes, from, to)) {
            return false;
        }
        scanner.reset();
        long length = head.contentLength();
        int headBytes = head.end() - from;
        if (head.chunked()) {
            from = head.end();
            return become(State.CHUNK_SIZE);
        }
        if (headBytes + length > CAPACITY) {
            from = head.end();
            remaining = length;
            return become(State.BODY);
        }
        if (to - head.end() < length) {
            return false;
        }
        from = head.end() + (int) length;
        scanWhole(head.end(), from);
        return complete();
    }

    /** Bodies are alike, so the id mostly stands where the one before had it. */
    private void scanWhole(int start, int end) {
        if (start + idHint < end && bytes[start + idHint] == PushPayload.ID_SIGN) {
            scanner.feed(bytes, start + idHint, end);
        }
        if (scanner.found() == IdScanner.NONE) {
            scanner.reset();
            scanner.feed(bytes, start, end);
            idHint = 0;
            while (start + idHint < end && bytes[start + idHint] != PushPayload.ID_SIGN) {
                idHint++;
            }
        }
    }

    private boolean body() {
        int taken = (int) Math.min(remaining, to - from);
        scanner.feed(bytes, from, from + taken);
        from += taken;
        remaining -= taken;
        return remaining == 0;
    }

    private boolean chunkSize() {
        int start = from;
        int length = line();
        if (length < 0) {
            return false;
        }
        remaining = Long.parseLong(new String(bytes, start, length, US_ASCII).trim(), 16);
        return become(remaining == 0 ? State.TRAILER : State.CHUNK);
    }

    private boolean trailer() throws IOException {
        int length = line();
        return length == 0 ? complete() : length > 0;
    }

    /** Takes a line; returns its length without the line end, or -1 when its end has not come. */
    private int line() {
        for (int index = from; index < to; index++) {
            if (bytes[index] == '\n') {
                int length = index - 1 - from;
                from = index + 1;
                return length;
            }
        }
        return -1;
    }

    private boolean complete() throws IOException {
        sink.complete(scanner.found(), head.webhookId());
        return become(State.HEAD);
    }

    private boolean become(State next) {
        state = next;
        return true;
    }
}
