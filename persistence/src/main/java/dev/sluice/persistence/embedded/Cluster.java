package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * The server's own directory: made once, its settings written anew at each start.
 *
 * @param directory an absolute path without links
 */
record Cluster(Path directory) {
    static final String SUPERUSER = "sluice";
    private static final String PASSWORD_FILE = "sluice.password";
    private static final int PASSWORD_BYTES = 24;

    /** Makes the cluster below the directory unless it is there; one half made by a killed process is made again. */
    static Cluster in(Path parent, ServerBinaries binaries) throws IOException {
        Path directory = parent.toRealPath().resolve("postgresql");
        if (!Files.isDirectory(directory)) {
            Path unfinished = directory.resolveSibling("postgresql.unfinished");
            Directories.delete(unfinished);
            initialise(unfinished, binaries);
            Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Cluster(directory);
    }

    private static void initialise(Path directory, ServerBinaries binaries) throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        Path password = directory.resolveSibling("postgresql.password");
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, HexFormat.of().formatHex(secret));
        ServerProgram.run(List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + directory,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
        Files.move(password, directory.resolve(PASSWORD_FILE));
    }

    /** What the superuser enters with; only this operating system user can read it. */
    String password() throws IOException {
        return Files.readString(directory.resolve(PASSWORD_FILE)).strip();
    }

    /** Where the server says which process it is and how far it got. */
    Path processFile() {
        return directory.resolve("postmaster.pid");
    }

    /** Writes the settings; {@code ALTER SYSTEM} still goes before them, which is why durability is checked after connecting. */
    void configure(int port) throws IOException {
        Files.writeString(
                directory.resolve("postgresql.conf"),
                """
                # Written at each start of the gateway.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 100
                timezone = 'UTC'
                log_timezone = 'UTC'

                fsync = on
                synchronous_commit = on
                full_page_writes = on

                shared_buffers = 128MB
                wal_buffers = 16MB
                max_wal_size = 4GB
                min_wal_size = 256MB
                checkpoint_timeout = 15min
                autovacuum_naptime = 15s
                jit = off

                # Errors of statements are reported to who sent them; the file holds what the server says of itself.
                log_min_messages = log
                log_checkpoints = off
                """.formatted(port),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }
}
