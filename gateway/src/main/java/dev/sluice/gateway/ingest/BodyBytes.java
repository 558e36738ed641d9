package dev.sluice.gateway.ingest;

import dev.sluice.gateway.error.PayloadTooLargeException;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.gateway.error.UnavailableException;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/** A body as it grows, never beyond its cap nor beyond what the budget holds for it. */
final class BodyBytes {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int FIRST_BYTES = 8 * 1024;

    private final long cap;
    private final ByteBudget.Reservation reservation;
    private byte[] bytes;
    private int length;

    /**
     * @param declared what the request says its length is, or -1; so much is held at once
     * @param cap the longest body
     * @throws RequestException 413 or 503
     */
    BodyBytes(long declared, long cap, ByteBudget.Reservation reservation) {
        if (declared > cap) {
            throw new PayloadTooLargeException(cap);
        }
        this.cap = cap;
        this.reservation = reservation;
        int capacity = declared < 0 ? FIRST_BYTES : (int) declared;
        hold(capacity);
        this.bytes = new byte[capacity];
    }

    /** Takes a piece and releases it. */
    void add(DataBuffer piece) {
        try {
            int more = piece.readableByteCount();
            ensure(more);
            piece.read(bytes, length, more);
            length += more;
        } finally {
            DataBufferUtils.release(piece);
        }
    }

    private void ensure(int more) {
        long needed = (long) length + more;
        if (needed > cap) {
            throw new PayloadTooLargeException(cap);
        }
        if (needed > bytes.length) {
            int capacity = (int) Math.min(cap, Math.max(needed, bytes.length * 2L));
            hold(capacity - bytes.length);
            bytes = Arrays.copyOf(bytes, capacity);
        }
    }

    private void hold(long more) {
        if (!reservation.grow(more)) {
            throw new UnavailableException("Too much is being received at once", RETRY_AFTER);
        }
    }

    /** The bytes received. */
    byte[] toArray() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
