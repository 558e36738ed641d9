package dev.sluice.gateway.backup;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.PostgresServer;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/** A base backup and the log since, archived and gone back to by the very lines of operations.md. */
final class ArchivedLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEGMENT_BYTES = 16L << 20;
    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    private final Path programs;
    private final Path directory = PostgresServer.directoryOfItsOwn("sluice-archive");
    private final String page;

    ArchivedLog(Path programs) {
        this.programs = programs;
        try {
            page = Files.readString(PAGE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the server has to be started with. */
    List<String> settings() {
        return List.of("archive_mode=on", "archive_command=" + setting("archive_command"));
    }

    /** What the page sets it to, with its archive here. */
    private String setting(String name) {
        return found(name + " = '([^']+)'").replace("/archive/", directory + "/");
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        if (!matcher.find()) {
            throw new IllegalStateException("operations.md has no " + pattern);
        }
        return matcher.group(1);
    }

    void backUp(DatabaseAddress server) {
        String options = found("pg_basebackup -h db -U replicator -D /backups/base ([-\\w ]+)");
        PostgresServer.run(
                directory,
                Stream.concat(
                                Stream.of(
                                        programs.resolve("pg_basebackup").toString(),
                                        "-h",
                                        server.host(),
                                        "-p",
                                        String.valueOf(server.port()),
                                        "-U",
                                        server.user(),
                                        "-D",
                                        data().toString()),
                                Stream.of(options.strip().split(" +")))
                        .toList());
    }

    /** All that was committed so far is in the archive from then on. */
    void catchUp(EventLogReader server) {
        String last = server.text("SELECT pg_walfile_name(pg_switch_wal())");
        await().atMost(PATIENCE)
                .until(() ->
                        Files.exists(directory.resolve(last)) && Files.size(directory.resolve(last)) == SEGMENT_BYTES);
    }

    /** A server as it was at that moment; it takes writes. */
    PostgresServer goBackTo(String moment) {
        try {
            Files.createFile(data().resolve("recovery.signal"));
            Files.writeString(
                    data().resolve("postgresql.auto.conf"),
                    "restore_command = '%s'%nrecovery_target_time = '%s'%nrecovery_target_action = '%s'%n"
                            .formatted(setting("restore_command"), moment, setting("recovery_target_action")),
                    StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        PostgresServer server = PostgresServer.startOn(directory, programs, List.of("shared_buffers=32MB"));
        await("it has gone back, see " + server.log()).atMost(PATIENCE).until(() -> takesWrites(server));
        return server;
    }

    private static boolean takesWrites(PostgresServer server) {
        try (EventLogReader any = EventLogReader.connect(server.address())) {
            return any.text("SELECT pg_is_in_recovery()").equals("f");
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
