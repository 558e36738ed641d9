package dev.sluice.gateway.delivery;

import io.netty.buffer.ByteBuf;
import javax.crypto.Mac;

/**
 * The message an endpoint gets, ready to be signed and sent: the provider's body between the two halves of our own frame.
 * They are kept apart so that a large body is shared by all notifications of its event and copied only onto the wire.
 */
final class Notification {
    private final byte[] frame;
    private final int split;
    private final byte[] raw;

    /**
     * @param frame all but the raw body; not copied
     * @param split where in the frame the raw body belongs
     * @param raw the provider's body; not copied
     */
    Notification(byte[] frame, int split, byte[] raw) {
        this.frame = frame;
        this.split = split;
        this.raw = raw;
    }

    /** The length in bytes, as in {@code Content-Length}. */
    int length() {
        return frame.length + raw.length;
    }

    /** Feeds the bytes, as they will be sent, to a signature. */
    void feed(Mac mac) {
        mac.update(frame, 0, split);
        mac.update(raw);
        mac.update(frame, split, frame.length - split);
    }

    /**
     * Appends a piece of the message to the buffer.
     *
     * @param from the piece's first byte, 0 to {@link #length}
     * @param count the most bytes of it; fewer are left before the end
     */
    void writeTo(ByteBuf buffer, int from, int count) {
        int end = Math.min(from + count, length());
        int rawEnd = split + raw.length;
        write(buffer, frame, from, Math.min(end, split));
        write(buffer, raw, Math.max(from, split) - split, Math.min(end, rawEnd) - split);
        write(buffer, frame, Math.max(from, rawEnd) - raw.length, end - raw.length);
    }

    private static void write(ByteBuf buffer, byte[] source, int from, int end) {
        if (end > from) {
            buffer.writeBytes(source, from, end - from);
        }
    }
}
