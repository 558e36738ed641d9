package dev.sluice.persistence.copy;

import org.jspecify.annotations.Nullable;

/** A row that can be written in the binary COPY format. Its last column is a {@code bytea}, which may be very large. */
public interface CopyRow {

    /** How many columns it has, the last one included. */
    int columns();

    /** Writes all columns but the last. */
    void writeHead(CopyWriter out);

    /** The last column; null is NULL. */
    byte @Nullable [] tail();
}
