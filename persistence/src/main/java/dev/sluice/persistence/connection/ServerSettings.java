package dev.sluice.persistence.connection;

import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a session of ours runs under.
 *
 * @param version as {@code server_version_num}: 150004 is 15.4
 * @param synchronousCommit every value but {@code off} waits at least for the server's own disk
 * @param standby whether the server follows another one and takes no writes
 */
record ServerSettings(int version, String fsync, String synchronousCommit, String fullPageWrites, boolean standby) {
    private static final int VERSION_MIN = 150_000;

    static ServerSettings from(Readable row) {
        return new ServerSettings(
                Objects.requireNonNull(row.get("version", Integer.class)),
                Objects.requireNonNull(row.get("fsync", String.class)),
                Objects.requireNonNull(row.get("synchronous_commit", String.class)),
                Objects.requireNonNull(row.get("full_page_writes", String.class)),
                Objects.requireNonNull(row.get("standby", Boolean.class)));
    }

    List<String> problems() {
        return Stream.of(
                        version < VERSION_MIN
                                ? "server version: " + version / 10_000 + "." + version % 10_000
                                        + " (expected: 15 or newer)"
                                : "",
                        "off".equals(fsync) ? "fsync: off (expected: on, or a power cut corrupts the database)" : "",
                        "off".equals(synchronousCommit)
                                ? "synchronous_commit: off (expected: on, or a crash loses acknowledged webhooks)"
                                : "",
                        "off".equals(fullPageWrites)
                                ? "full_page_writes: off (expected: on, or a power cut corrupts the database)"
                                : "",
                        standby ? "server role: standby (expected: the primary, which takes writes)" : "")
                .filter(problem -> !problem.isEmpty())
                .toList();
    }
}
