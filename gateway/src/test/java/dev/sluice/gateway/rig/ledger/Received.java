package dev.sluice.gateway.rig.ledger;

import java.nio.file.Path;

/**
 * What a receiver got, by id.
 *
 * @param firstId the id of row 0
 * @param columns when each was first answered (0: never came), how often it came, under how many other webhook ids
 */
public record Received(long firstId, LongColumns columns) {

    /** Writes all but the first id into a file for another process. */
    public void write(Path file) {
        columns.write(file);
    }

    /** Reads what another process wrote. */
    public static Received read(long firstId, Path file) {
        return new Received(firstId, LongColumns.read(file));
    }

    /** How many ids this tells of. */
    public int size() {
        return columns.rows();
    }

    /** When its first notification was answered, 0 if none came. */
    public long answeredMicros(int row) {
        return columns.first(row);
    }

    /** How often it came. */
    public int times(int row) {
        return Math.toIntExact(columns.second(row));
    }

    /** How many of those carried another {@code webhook-id} than the first. */
    public int underAnotherId(int row) {
        return Math.toIntExact(columns.third(row));
    }
}
