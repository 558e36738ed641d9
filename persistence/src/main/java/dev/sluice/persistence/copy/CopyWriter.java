package dev.sluice.persistence.copy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes columns in the binary COPY format: each a four-byte length and the type's binary form.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, file formats, binary format</a>
 */
public final class CopyWriter {
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int INT8_OID = 20;
    private static final int NULL_LENGTH = -1;

    private final ByteBuf out;

    CopyWriter(ByteBuf out) {
        this.out = out;
    }

    public void int2(int value) {
        out.writeInt(Short.BYTES).writeShort(value);
    }

    public void nullableInt2(@Nullable Integer value) {
        if (value == null) {
            out.writeInt(NULL_LENGTH);
        } else {
            int2(value);
        }
    }

    public void bool(boolean value) {
        out.writeInt(1).writeByte(value ? 1 : 0);
    }

    public void int4(int value) {
        out.writeInt(Integer.BYTES).writeInt(value);
    }

    public void int8(long value) {
        out.writeInt(Long.BYTES).writeLong(value);
    }

    public void uuid(UUID value) {
        out.writeInt(2 * Long.BYTES)
                .writeLong(value.getMostSignificantBits())
                .writeLong(value.getLeastSignificantBits());
    }

    /** A {@code timestamptz}, cut to microseconds. */
    public void timestamp(Instant value) {
        int8(POSTGRES_EPOCH.until(value, ChronoUnit.MICROS));
    }

    /** Whole microseconds as {@code int8}. */
    public void micros(Duration value) {
        int8(value.toNanos() / 1_000);
    }

    /** {@code text}, {@code json}: the UTF-8 bytes. */
    public void text(byte[] utf8) {
        out.writeInt(utf8.length).writeBytes(utf8);
    }

    public void text(String value) {
        int lengthAt = out.writerIndex();
        out.writeInt(0);
        out.setInt(lengthAt, ByteBufUtil.writeUtf8(out, value));
    }

    public void nullableText(@Nullable String value) {
        if (value == null) {
            out.writeInt(NULL_LENGTH);
        } else {
            text(value);
        }
    }

    /** NULL, of any type. */
    public void missing() {
        out.writeInt(NULL_LENGTH);
    }

    /** A one-dimensional {@code int8[]}. */
    public void int8Array(List<Long> values) {
        int header = 3 * Integer.BYTES;
        if (values.isEmpty()) {
            out.writeInt(header).writeInt(0).writeInt(0).writeInt(INT8_OID);
            return;
        }
        int dimension = 2 * Integer.BYTES;
        out.writeInt(header + dimension + values.size() * (Integer.BYTES + Long.BYTES));
        out.writeInt(1).writeInt(0).writeInt(INT8_OID).writeInt(values.size()).writeInt(1);
        values.forEach(this::int8);
    }
}
