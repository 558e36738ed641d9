package dev.sluice.gateway.rig.ledger;

import java.nio.file.Path;

/**
 * What a load generator sent, by id.
 *
 * @param firstId the id of row 0
 * @param columns when each was meant to be sent and when it was answered, in microseconds (0: never), and its status
 */
public record Sent(long firstId, LongColumns columns) {

    /** Writes all but the first id into a file for another process. */
    public void write(Path file) {
        columns.write(file);
    }

    /** Reads what another process wrote. */
    public static Sent read(long firstId, Path file) {
        return new Sent(firstId, LongColumns.read(file));
    }

    /** How many ids were taken. */
    public int size() {
        return columns.rows();
    }

    /** When the schedule wanted it sent. */
    public long intendedMicros(int row) {
        return columns.first(row);
    }

    /** When the answer came, 0 if none did. */
    public long answeredMicros(int row) {
        return columns.second(row);
    }

    /** Whether the answer was 2xx. */
    public boolean isAcknowledged(int row) {
        return Ledger.isSuccess(columns.third(row));
    }
}
