package dev.sluice.gateway.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The scripts of {@code deploy/backup}, with the programs of one PostgreSQL. */
final class Scripts {
    private static final Path FOLDER =
            Path.of("..", "deploy", "backup").toAbsolutePath().normalize();

    private final Path programs;

    Scripts(Path programs) {
        this.programs = programs;
    }

    /** What a script said, and how it ended. */
    record Ended(int exit, String said) {}

    Ended run(String script, DatabaseAddress database, Path argument) {
        ProcessBuilder builder =
                new ProcessBuilder(FOLDER.resolve(script).toString(), argument.toString()).redirectErrorStream(true);
        builder.environment().put("SLUICE_DATABASE_URL", GatewaySetup.url(database));
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            return new Ended(process.waitFor(), said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
