package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection that carries one request at a time. */
final class LoadConnection {
    static final long NO_ID = -1;
    private static final int RESPONSE_CAPACITY = 16 * 1024;
    private static final int STATUS_OFFSET = "HTTP/1.1 ".length();

    private final InetSocketAddress address;
    private final PushRequest push;
    private final ByteBuffer request;
    private final byte[] bytes = new byte[RESPONSE_CAPACITY];
    private final ByteBuffer response = ByteBuffer.wrap(bytes);
    private final HttpHead head = new HttpHead();
    private @Nullable SelectionKey key;
    private long id = NO_ID;
    private long sentMicros;

    LoadConnection(InetSocketAddress address, PushRequest push) {
        this.address = address;
        this.push = push;
        this.request = push.newBuffer();
    }

    void connect(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(address);
    }

    void finishConnecting() throws IOException {
        channel().finishConnect();
        interest(SelectionKey.OP_READ);
    }

    /** Sends the request of that id; an answer comes as a readable key. */
    void send(long nextId, long micros) throws IOException {
        id = nextId;
        sentMicros = micros;
        push.fill(request, nextId);
        response.clear();
        write();
    }

    void write() throws IOException {
        channel().write(request);
        interest(request.hasRemaining() ? SelectionKey.OP_WRITE | SelectionKey.OP_READ : SelectionKey.OP_READ);
    }

    private void interest(int operations) {
        SelectionKey current = key;
        if (current != null && current.interestOps() != operations) {
            current.interestOps(operations);
        }
    }

    /** Reads what has come; returns the HTTP status once the whole answer is there, else 0. */
    int read() throws IOException {
        if (channel().read(response) < 0 || id == NO_ID) {
            throw new IOException("closed by the server");
        }
        int length = response.position();
        if (!head.read(bytes, 0, length)) {
            return 0;
        }
        boolean complete = head.chunked() ? endsChunked(length) : length >= head.end() + head.contentLength();
        return complete ? Integer.parseInt(new String(bytes, STATUS_OFFSET, 3, US_ASCII)) : 0;
    }

    private boolean endsChunked(int length) {
        return length - 5 >= head.end()
                && bytes[length - 5] == '0'
                && bytes[length - 1] == '\n'
                && bytes[length - 3] == '\n';
    }

    /** Whether the server closes after the answer just read. */
    boolean isClosedByServer() {
        return head.close();
    }

    private SocketChannel channel() throws IOException {
        SelectionKey current = key;
        if (current == null) {
            throw new IOException("not connected");
        }
        return (SocketChannel) current.channel();
    }

    /** Takes the id out: the connection is free. */
    long release() {
        long released = id;
        id = NO_ID;
        return released;
    }

    /** When the request under way was written; 0 when there is none. */
    long waitingSinceMicros() {
        return id == NO_ID ? 0 : sentMicros;
    }

    void close() {
        SelectionKey current = key;
        key = null;
        if (current != null) {
            try {
                current.channel().close();
            } catch (IOException alreadyGone) {
                current.cancel();
            }
        }
    }
}
