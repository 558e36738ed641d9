package dev.sluice.persistence.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM that works on a data directory, until it is killed or told to end. */
final class DatabaseHolder implements AutoCloseable {
    private final Process process;
    private final long serverPid;

    private DatabaseHolder(Process process, long serverPid) {
        this.process = process;
        this.serverPid = serverPid;
    }

    static DatabaseHolder start(Path directory, Path programs) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DatabaseHolder.class.getName(),
                        directory.toString(),
                        programs.toAbsolutePath().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the other JVM ended before its server was ready");
        }
        return new DatabaseHolder(process, Long.parseLong(line));
    }

    long pid() {
        return process.pid();
    }

    long serverPid() {
        return serverPid;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        } finally {
            process.destroyForcibly();
        }
    }

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedDatabase server = EmbeddedDatabase.start(Path.of(arguments[0]), Path.of(arguments[1]))) {
            Sql.run(server.address(), "CREATE TABLE held AS SELECT 'by the other' AS value");
            System.out.println(server.pid());
            int end = System.in.read();
            if (end >= 0) {
                throw new IOException("input: " + end + " (expected: its end)");
            }
        }
    }
}
