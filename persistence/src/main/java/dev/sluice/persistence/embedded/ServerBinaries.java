package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * The server's programs, unpacked from the class path.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 */
record ServerBinaries(Path home) {

    /** Unpacks them below the directory, once for each version; whoever comes second finds them complete. */
    static ServerBinaries unpackInto(Path parent) throws IOException {
        String resource = "/postgres-" + platform() + ".txz";
        URL archive = ServerBinaries.class.getResource(resource);
        if (archive == null) {
            throw new EmbeddedDatabaseException("embedded PostgreSQL: not available for " + platform()
                    + " (expected: linux-x86_64, linux-arm_64 or darwin-arm_64; elsewhere set SLUICE_DATABASE_URL)");
        }
        Files.createDirectories(parent);
        Path home = parent.toRealPath().resolve("server-" + fingerprint(archive));
        if (!Files.isDirectory(home)) {
            unpack(archive, home);
        }
        return new ServerBinaries(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String architecture = switch (processor) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> processor;
        };
        return (system.startsWith("mac") ? "darwin" : system.split(" ", 2)[0]) + "-" + architecture;
    }

    /** Tells versions apart without reading 15 MB at each start. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        long print = connection instanceof JarURLConnection inJar
                ? inJar.getJarEntry().getCrc()
                : connection.getContentLengthLong();
        return Long.toHexString(print);
    }

    private static void unpack(URL archive, Path home) throws IOException {
        Path unfinished = Files.createTempDirectory(home.getParent(), "unpacking-");
        try (InputStream packed = archive.openStream();
                TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                unpack(entries, entry, unfinished);
            }
        }
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException lostRace) {
            if (!Files.isDirectory(home)) {
                throw lostRace;
            }
            Directories.delete(unfinished);
        }
    }

    private static void unpack(TarArchiveInputStream content, TarArchiveEntry entry, Path target) throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("archive entry: " + entry.getName() + " (expected: a path inside the archive)");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        @Nullable Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            boolean program = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
