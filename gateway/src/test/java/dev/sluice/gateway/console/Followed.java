package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** An answer that goes on and on, gathered as it comes. */
final class Followed implements AutoCloseable {
    private static final int PIECE = 8_192;

    private final InputStream answer;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    Followed(InputStream answer) {
        this.answer = answer;
        Thread reader = new Thread(this::read, "follow");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        byte[] piece = new byte[PIECE];
        try {
            for (int length = answer.read(piece); length >= 0; length = answer.read(piece)) {
                text.write(piece, 0, length);
            }
        } catch (IOException closed) {
            text.writeBytes("\n(closed)".getBytes(UTF_8));
        }
    }

    /** What has come until now. */
    String text() {
        return text.toString(UTF_8);
    }

    @Override
    public void close() {
        try {
            answer.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
