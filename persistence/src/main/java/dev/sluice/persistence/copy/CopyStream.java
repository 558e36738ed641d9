package dev.sluice.persistence.copy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Sends rows by binary COPY, in pieces of about 256 KB made only when the connection asks for them. */
public final class CopyStream {
    private static final int PIECE_BYTES = 256 * 1024;
    private static final byte[] SIGNATURE = {
        'P',
        'G',
        'C',
        'O',
        'P',
        'Y',
        '\n',
        (byte) 0xFF,
        '\r',
        '\n',
        0, /* flags */
        0,
        0,
        0,
        0, /* extension */
        0,
        0,
        0,
        0
    };
    private static final int TRAILER = -1;

    private final List<? extends CopyRow> rows;
    private int nextRow;
    private byte @Nullable [] tail;
    private int tailSent;
    private boolean begun;
    private boolean ended;

    private CopyStream(List<? extends CopyRow> rows) {
        this.rows = rows;
    }

    /**
     * Copies the rows.
     *
     * @param statement {@code COPY table (columns) FROM STDIN WITH (FORMAT binary)}
     * @return how many the server took
     */
    public static Mono<Long> send(PostgresqlConnection connection, String statement, List<? extends CopyRow> rows) {
        @SuppressWarnings("NestedPublishers") // The driver's way to say: each piece a message of its own.
        Flux<Publisher<ByteBuf>> pieces = pieces(ByteBufAllocator.DEFAULT, rows).map(Mono::just);
        return connection.copyIn(statement).fromMany(pieces).build();
    }

    static Flux<ByteBuf> pieces(ByteBufAllocator allocator, List<? extends CopyRow> rows) {
        return Flux.<ByteBuf, CopyStream>generate(() -> new CopyStream(rows), (stream, sink) -> {
                    stream.emit(allocator, sink);
                    return stream;
                })
                .doOnDiscard(ByteBuf.class, ByteBuf::release);
    }

    private void emit(ByteBufAllocator allocator, SynchronousSink<ByteBuf> sink) {
        if (ended) {
            sink.complete();
            return;
        }
        ByteBuf piece = allocator.buffer(PIECE_BYTES);
        try {
            fill(piece);
        } catch (RuntimeException invalidRow) {
            piece.release();
            throw invalidRow;
        }
        sink.next(piece);
    }

    private void fill(ByteBuf piece) {
        if (!begun) {
            begun = true;
            piece.writeBytes(SIGNATURE);
        }
        while (piece.readableBytes() < PIECE_BYTES) {
            if (tail != null) {
                continueTail(piece, tail);
            } else if (nextRow < rows.size()) {
                beginRow(piece, rows.get(nextRow++));
            } else {
                piece.writeShort(TRAILER);
                ended = true;
                return;
            }
        }
    }

    private void beginRow(ByteBuf piece, CopyRow row) {
        piece.writeShort(row.columns());
        row.writeHead(new CopyWriter(piece));
        byte[] last = row.tail();
        piece.writeInt(last == null ? -1 : last.length);
        tail = last;
        tailSent = 0;
    }

    private void continueTail(ByteBuf piece, byte[] bytes) {
        int length = Math.min(bytes.length - tailSent, Math.max(0, PIECE_BYTES - piece.readableBytes()));
        piece.writeBytes(bytes, tailSent, length);
        tailSent += length;
        if (tailSent == bytes.length) {
            tail = null;
        }
    }
}
