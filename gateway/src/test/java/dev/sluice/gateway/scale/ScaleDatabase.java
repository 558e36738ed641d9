package dev.sluice.gateway.scale;

import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.postgres.PostgresServer;
import dev.sluice.gateway.rig.postgres.Postmaster;
import dev.sluice.persistence.connection.DatabaseAddress;
import dev.sluice.persistence.connection.Migrations;
import dev.sluice.persistence.embedded.EmbeddedDatabase;
import dev.sluice.persistence.secret.SecretCipher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows, made once and kept: on an installed PostgreSQL, or where the gateway's embedded one finds them. */
final class ScaleDatabase implements AutoCloseable {
    private static final String DONE = "scale_done";
    private static final String ORGANIZATION = """
            INSERT INTO organization (id, name, secret_hash) OVERRIDING SYSTEM VALUE
            VALUES (1, 'Scale', sha256('replaced when the gateway starts'))""";
    private static final String USER = """
            INSERT INTO account_user (id, organization_id, email_address, first_name, last_name, secret_hash)
                   OVERRIDING SYSTEM VALUE
            VALUES (1, 1, 'scale@example.com', 'Sca', 'Le', sha256('replaced when the gateway starts'))""";

    private final Path directory;
    private final @Nullable PostgresServer server;

    private ScaleDatabase(Path directory, @Nullable PostgresServer server) {
        this.directory = directory;
        this.server = server;
    }

    /** Makes the rows unless they are there. */
    static ScaleDatabase open(Path parent, Size size) {
        Optional<Path> installed = PostgresServer.installed();
        Path directory = parent.resolve(
                (installed.isPresent() ? "installed-" : "embedded-") + size.events() + "-" + size.instances());
        if (installed.isEmpty()) {
            try (EmbeddedDatabase embedded = EmbeddedDatabase.start(directory.resolve("data"))) {
                fill(directory, embedded.address(), size);
            }
            return new ScaleDatabase(directory, null);
        }
        Path programs = installed.get();
        try (PostgresServer hasty = PostgresServer.startOn(
                directory,
                programs,
                List.of("fsync=off", "wal_level=minimal", "max_wal_senders=0", "maintenance_work_mem=512MB"))) {
            fill(directory, hasty.address(), size);
        }
        return new ScaleDatabase(directory, PostgresServer.startOn(directory, programs, List.of()));
    }

    private static void fill(Path directory, DatabaseAddress address, Size size) {
        try (Session session = Session.open(address)) {
            if (session.number("SELECT count(*) FROM pg_class WHERE relname = '" + DONE + "'") > 0) {
                Migrations.apply(address);
                return;
            }
            if (session.number("SELECT count(*) FROM pg_class WHERE relname LIKE 'scale%'") > 0) {
                throw new IllegalStateException("rows in " + directory + ": begun and not finished (expected: all or"
                        + " none; remove the directory)");
            }
            Migrations.apply(address);
            session.run(ORGANIZATION);
            session.run(USER);
            new Instances(session).make(size, SecretCipher.readOrGenerate(keyset(directory)));
            Instant end = Instant.ofEpochSecond(
                    session.number("SELECT extract(epoch FROM date_trunc('minute', now()))::bigint"));
            new Week(session, size, end).make();
            session.run("CREATE TABLE " + DONE + " AS SELECT " + end.getEpochSecond() + "::bigint AS ended");
            session.run("CHECKPOINT");
        }
    }

    private static Path keyset(Path directory) {
        return directory.resolve("keyset.json");
    }

    /** A gateway on it, which keeps all rows and lets through as many requests as come. */
    GatewaySetup setup() {
        GatewaySetup embedded = GatewaySetup.embedded("gateway", directory)
                .with("SLUICE_KEYSET_FILE", keyset(directory).toString())
                .with("SLUICE_RETENTION_EVENTS", "3650d")
                .with("SLUICE_API_REQUESTS_PER_SECOND", "1000000")
                .with("SLUICE_API_BURST", "1000000");
        return server == null ? embedded : embedded.on(server.address(), keyset(directory));
    }

    /** Where it is; the embedded one only while the gateway runs. */
    DatabaseAddress address() {
        return server == null
                ? Postmaster.find(directory.resolve("data")).orElseThrow().embeddedAddress()
                : server.address();
    }

    /** What the server says. */
    Path log() {
        return server == null ? directory.resolve("data/postgresql.log") : server.log();
    }

    /** Reads all files, so that a list is not measured by the disk of this machine. */
    void readOnce() {
        byte[] buffer = new byte[1 << 20];
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    while (in.read(buffer) >= 0) {
                        // Read is all it has to be.
                    }
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** When the last event was received. */
    static Instant end(Session session) {
        return Instant.ofEpochSecond(session.number("SELECT ended FROM " + DONE));
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
