package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Reads the few things of an HTTP head that matter here, without objects a message; used again for the next one. */
final class HttpHead {
    private static final byte[] CONTENT_LENGTH = lowerCase("content-length:");
    private static final byte[] CHUNKED = lowerCase("transfer-encoding: chunked");
    private static final byte[] CLOSE = lowerCase("connection: close");
    private static final byte[] WEBHOOK_ID = lowerCase("webhook-id:");
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private int end;
    private long contentLength;
    private boolean chunked;
    private boolean close;
    private long webhookId;

    private static byte[] lowerCase(String name) {
        return name.getBytes(US_ASCII);
    }

    /**
     * Reads a head that begins at {@code from}.
     *
     * @return whether its blank line has come; if not, nothing else here may be asked
     */
    boolean read(byte[] bytes, int from, int to) {
        contentLength = 0;
        chunked = false;
        close = false;
        webhookId = 0;
        int line = from;
        for (int index = from; index < to; index++) {
            if (bytes[index] == '\n') {
                if (index - line <= 1) {
                    end = index + 1;
                    return true;
                }
                header(bytes, line, index - 1);
                line = index + 1;
            }
        }
        return false;
    }

    private void header(byte[] bytes, int from, int to) {
        if (begins(bytes, from, to, CONTENT_LENGTH)) {
            contentLength = number(bytes, from + CONTENT_LENGTH.length, to);
        } else if (begins(bytes, from, to, WEBHOOK_ID)) {
            webhookId = hash(bytes, from + WEBHOOK_ID.length, to);
        } else if (begins(bytes, from, to, CHUNKED)) {
            chunked = true;
        } else if (begins(bytes, from, to, CLOSE)) {
            close = true;
        }
    }

    private static boolean begins(byte[] bytes, int from, int to, byte[] name) {
        if (to - from < name.length) {
            return false;
        }
        for (int index = 0; index < name.length; index++) {
            if ((bytes[from + index] | 0x20) != name[index]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] bytes, int from, int to) {
        long value = 0;
        for (int index = from; index < to; index++) {
            if (bytes[index] != ' ') {
                value = value * 10 + (bytes[index] - '0');
            }
        }
        return value;
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = FNV_BASIS;
        for (int index = from; index < to; index++) {
            if (bytes[index] != ' ') {
                hash = (hash ^ bytes[index]) * FNV_PRIME;
            }
        }
        return hash;
    }

    /** The index after the blank line. */
    int end() {
        return end;
    }

    /** 0 when the head names none. */
    long contentLength() {
        return contentLength;
    }

    boolean chunked() {
        return chunked;
    }

    /** Whether the other side closes the connection after this message. */
    boolean close() {
        return close;
    }

    /** A 64-bit digest of {@code webhook-id}, 0 when there is none. */
    long webhookId() {
        return webhookId;
    }
}
