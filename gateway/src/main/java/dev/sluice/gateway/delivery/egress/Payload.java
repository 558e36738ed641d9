package dev.sluice.gateway.delivery.egress;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import javax.crypto.Mac;

/**
 * The bytes of one message: a large body between the two halves of its frame. They are kept apart so that the body is
 * shared by all messages that carry it and copied only onto the wire.
 */
public final class Payload {
    private final byte[] frame;
    private final int split;
    private final byte[] body;

    /**
     * @param frame all but the body; not copied
     * @param split where in the frame the body belongs
     * @param body not copied
     */
    public Payload(byte[] frame, int split, byte[] body) {
        this.frame = frame;
        this.split = split;
        this.body = body;
    }

    /** The length in bytes, as in {@code Content-Length}. */
    public int length() {
        return frame.length + body.length;
    }

    /** A copy of the bytes, as they will be sent. */
    public byte[] toByteArray() {
        return ByteBuffer.allocate(length())
                .put(frame, 0, split)
                .put(body)
                .put(frame, split, frame.length - split)
                .array();
    }

    /** Feeds the bytes, as they will be sent, to a signature. */
    public void feed(Mac mac) {
        mac.update(frame, 0, split);
        mac.update(body);
        mac.update(frame, split, frame.length - split);
    }

    /**
     * Appends a piece of the message to the buffer.
     *
     * @param from the piece's first byte, 0 to {@link #length}
     * @param count the most bytes of it; fewer are left before the end
     */
    public void writeTo(ByteBuf buffer, int from, int count) {
        int end = Math.min(from + count, length());
        int bodyEnd = split + body.length;
        write(buffer, frame, from, Math.min(end, split));
        write(buffer, body, Math.max(from, split) - split, Math.min(end, bodyEnd) - split);
        write(buffer, frame, Math.max(from, bodyEnd) - body.length, end - body.length);
    }

    private static void write(ByteBuf buffer, byte[] source, int from, int end) {
        if (end > from) {
            buffer.writeBytes(source, from, end - from);
        }
    }
}
