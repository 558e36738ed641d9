package dev.sluice.gateway.faults;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** What happens to a database from within. */
final class StoreFaults {
    private static final int FILL_BYTES = 1 << 20;

    private StoreFaults() {}

    /** Holds a lock that every statement about instances and endpoints waits for, until all pooled connections do. */
    static Fault lockInstances(Duration duration) {
        return new Fault("lock instances and endpoints", Fault.SILENT_WRITER, run -> {
            try (Connection holder = connect(run.installation().database(), "postgres")) {
                holder.setAutoCommit(false);
                execute(holder, "LOCK TABLE instance, endpoint IN ACCESS EXCLUSIVE MODE");
                run.pause(duration);
                holder.rollback();
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /** Ends all sessions, and takes no new ones for a while. */
    static Fault refuseConnections(Duration duration) {
        return new Fault("refuse database connections", run -> {
            // A database cannot be shut from inside without shutting oneself out.
            try (Connection outside = connect(run.installation().database(), "template1")) {
                execute(outside, "ALTER DATABASE postgres ALLOW_CONNECTIONS false");
                execute(outside, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'");
                try {
                    run.pause(duration);
                } finally {
                    execute(outside, "ALTER DATABASE postgres ALLOW_CONNECTIONS true");
                }
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    /** Writes a file until the database's volume is full, and removes it after a while. */
    static Fault fillDisk(Path volume, Duration duration) {
        return new Fault("fill the database's volume", Fault.SILENT_WRITER, run -> {
            Path filler = volume.resolve("filler");
            try {
                fill(filler);
                run.note("full");
                run.pause(duration);
            } finally {
                delete(filler);
            }
        });
    }

    private static void fill(Path filler) {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[FILL_BYTES];
            for (int bytes = FILL_BYTES; bytes > 0; bytes /= 2) {
                writeAll(out, block, bytes);
            }
        } catch (IOException full) {
            // Closing says once more that there is no space left.
            return;
        }
    }

    private static void writeAll(OutputStream out, byte[] block, int bytes) {
        try {
            while (true) {
                out.write(block, 0, bytes);
            }
        } catch (IOException full) {
            // So it was meant; a smaller block may still find room.
            return;
        }
    }

    private static void delete(Path filler) {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Connection connect(DatabaseAddress address, String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + database,
                address.user(),
                address.password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
