package dev.sluice.persistence.embedded;

import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A PostgreSQL server of our own, its data kept in a directory. A server that is killed is started again on the same port.
 * Nothing stops it but {@link #close()}: the JVM's end does not, so that a drain can still write.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final int STARTS_MAX = 3;

    private static final String DATABASE = "postgres";

    private final DirectoryLock lock;
    private final DatabaseAddress address;
    private final ServerWatch watch;

    private EmbeddedDatabase(DirectoryLock lock, DatabaseAddress address, ServerWatch watch) {
        this.lock = lock;
        this.address = address;
        this.watch = watch;
    }

    /**
     * Starts the server on the directory, which is made when it is missing. What a killed gateway left running there is
     * stopped first.
     *
     * @throws DirectoryHeldException when another gateway works there
     * @throws EmbeddedDatabaseException when the server cannot run on this system
     */
    public static EmbeddedDatabase start(Path directory) {
        return start(directory, directory);
    }

    /**
     * The same, with the server's programs (60 MB) unpacked elsewhere.
     *
     * @param programs a directory that several data directories may share
     */
    public static EmbeddedDatabase start(Path directory, Path programs) {
        DirectoryLock lock = DirectoryLock.acquire(directory);
        try {
            return start(directory, programs, lock);
        } catch (IOException failed) {
            lock.close();
            throw new UncheckedIOException(failed);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    private static EmbeddedDatabase start(Path directory, Path programs, DirectoryLock lock) throws IOException {
        ServerBinaries binaries = ServerBinaries.unpackInto(programs);
        Cluster cluster = Cluster.in(directory, binaries);
        // First of all, as what was left behind still has the port.
        Server.clear(cluster, binaries);
        Path log = directory.resolve("postgresql.log");
        if (Files.exists(log)) {
            Files.move(log, directory.resolve("postgresql.log.old"), StandardCopyOption.REPLACE_EXISTING);
        }
        for (int more = STARTS_MAX - 1; ; more--) {
            int port = LocalPort.choose(directory.resolve("postgresql.port"));
            try {
                return start(cluster, binaries, port, log, lock);
            } catch (EmbeddedDatabaseException failed) {
                // Another that starts just now may have taken the port since it was looked at.
                if (more == 0 || LocalPort.isFree(port)) {
                    throw failed;
                }
            }
        }
    }

    private static EmbeddedDatabase start(
            Cluster cluster, ServerBinaries binaries, int port, Path log, DirectoryLock lock) throws IOException {
        DatabaseAddress address =
                new DatabaseAddress("127.0.0.1", port, DATABASE, Cluster.SUPERUSER, cluster.password());
        ServerWatch watch = ServerWatch.start(() -> Server.start(cluster, binaries, port, log));
        return new EmbeddedDatabase(lock, address, watch);
    }

    /** Where it listens: on loopback only, with a password of its own, the same for the life of this object. */
    public DatabaseAddress address() {
        return address;
    }

    /** The server's process as of now; another one after a restart. */
    public long pid() {
        return watch.pid();
    }

    /** Stops the server and gives up the directory. */
    @Override
    public void close() {
        try {
            watch.close();
        } finally {
            lock.close();
        }
    }
}
