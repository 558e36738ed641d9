package dev.sluice.persistence.eventlog;

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
}
