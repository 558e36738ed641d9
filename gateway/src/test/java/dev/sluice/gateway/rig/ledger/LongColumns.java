package dev.sluice.gateway.rig.ledger;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A table of three columns of numbers that processes hand each other as a file. */
final class LongColumns {
    private final long[] first;
    private final long[] second;
    private final long[] third;

    /** Takes the arrays as they are; all are of one length. */
    LongColumns(long[] first, long[] second, long[] third) {
        this.first = first;
        this.second = second;
        this.third = third;
    }

    int rows() {
        return first.length;
    }

    long first(int row) {
        return first[row];
    }

    long second(int row) {
        return second[row];
    }

    long third(int row) {
        return third[row];
    }

    void write(Path file) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(rows());
            for (int row = 0; row < rows(); row++) {
                out.writeLong(first[row]);
                out.writeLong(second[row]);
                out.writeLong(third[row]);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static LongColumns read(Path file) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int rows = in.readInt();
            LongColumns columns = new LongColumns(new long[rows], new long[rows], new long[rows]);
            for (int row = 0; row < rows; row++) {
                columns.first[row] = in.readLong();
                columns.second[row] = in.readLong();
                columns.third[row] = in.readLong();
            }
            return columns;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
