package dev.sluice.gateway.rig.network;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** One HTTP/1.1 connection on which a test sends what it likes, byte by byte, and reads the answers as they come. */
public final class RawConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;
    private final InputStream answers;
    private CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);

    /**
     * A final answer.
     *
     * @param headers by name in any case
     */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** Whether the server says that it closes the connection after it. */
        public boolean closes() {
            return "close".equalsIgnoreCase(headers.get("Connection"));
        }
    }

    /** A connection to that port of this machine. */
    public RawConnection(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            answers = new BufferedInputStream(socket.getInputStream());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Sends after what was sent before, without waiting: a large request may be answered before it is through. */
    public RawConnection send(byte[] bytes) {
        sent = sent.thenRunAsync(() -> write(bytes));
        return this;
    }

    private void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException closed) {
            // A server that closes does not take the rest; what it answered tells whether it should have.
        }
    }

    /** The next final answer. */
    public Answer answer() {
        try {
            Answer answer = read();
            return answer.status() == 100 ? answer() : answer;
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    /** Whether the server has nothing more to say and closes. */
    public boolean ends() {
        try {
            return answers.read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }

    private Answer read() throws IOException {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        return new Answer(Integer.parseInt(statusLine.substring(9, 12)), headers, body(headers));
    }

    private String body(Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("Transfer-Encoding"))) {
            return bytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        }
        StringBuilder body = new StringBuilder();
        for (int length = chunkLength(); length > 0; length = chunkLength()) {
            body.append(bytes(length)).append(line());
        }
        line();
        return body.toString();
    }

    private int chunkLength() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String bytes(int length) throws IOException {
        byte[] bytes = answers.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed within an answer");
        }
        return new String(bytes, ISO_8859_1);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = answers.read(); b != '\n'; b = answers.read()) {
            if (b < 0) {
                throw new EOFException("the server closed before an answer");
            }
            line.write(b);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
