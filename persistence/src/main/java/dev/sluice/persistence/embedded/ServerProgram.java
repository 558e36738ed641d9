package dev.sluice.persistence.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How PostgreSQL's programs are started: never as root, and out of reach of the terminal's Ctrl-C. */
final class ServerProgram {
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");
    private static final int OUTPUT_BYTES_MAX = 4096;
    private static final int MINUTES_MAX = 2;

    private ServerProgram() {}

    /** Starts a program that goes on, its output appended to the file. */
    static Process start(List<String> command, Path log) throws IOException {
        List<String> wrapped = new ArrayList<>(withoutRoot());
        // Ctrl-C goes to the terminal's whole process group: the server must outlive it, our drain needs it.
        if (LINUX && onPath("setsid")) {
            wrapped.add("setsid");
        }
        wrapped.addAll(command);
        return builder(wrapped)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /**
     * Runs a program to its end.
     *
     * @throws EmbeddedDatabaseException with what it printed, when it fails
     */
    static void run(List<String> command) throws IOException {
        List<String> wrapped = new ArrayList<>(withoutRoot());
        wrapped.addAll(command);
        Process process = builder(wrapped).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!await(process) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new EmbeddedDatabaseException(
                    Path.of(command.get(0)).getFileName() + " failed: " + tail(output) + hint(output));
        }
    }

    private static boolean await(Process process) {
        try {
            return process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static String tail(String output) {
        String text = output.strip();
        return text.length() <= OUTPUT_BYTES_MAX ? text : text.substring(text.length() - OUTPUT_BYTES_MAX);
    }

    private static String hint(String output) {
        return output.contains("unshare")
                ? " (PostgreSQL refuses to run as root, and this system forbids the user namespace that avoids it: start"
                        + " the gateway as an ordinary user, or set SLUICE_DATABASE_URL)"
                : "";
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The user's own PGDATA, PGPORT … are about another server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** PostgreSQL refuses root; in a user namespace of its own it is nobody, with the same files. */
    private static List<String> withoutRoot() throws IOException {
        if (!LINUX || !Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            return List.of();
        }
        return List.of("unshare", "--user");
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(directory -> !directory.isEmpty())
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
