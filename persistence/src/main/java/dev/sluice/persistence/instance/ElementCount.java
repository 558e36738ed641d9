package dev.sluice.persistence.instance;

import static java.util.Objects.requireNonNull;

import io.r2dbc.spi.Readable;

/** How many instances of one element there are. */
public record ElementCount(String elementKey, long count) {
    static ElementCount read(Readable row) {
        return new ElementCount(
                requireNonNull(row.get("element_key", String.class)), requireNonNull(row.get("instances", Long.class)));
    }
}
