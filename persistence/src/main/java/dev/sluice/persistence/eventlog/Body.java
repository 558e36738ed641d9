package dev.sluice.persistence.eventlog;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A webhook's bytes as received. Shared without copying: nobody may write to them. */
public final class Body {
    private final byte[] bytes;

    public Body(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Body body && Arrays.equals(bytes, body.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length; never the bytes, which may be anybody's data. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
