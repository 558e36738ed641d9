package dev.sluice.gateway.rig.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.planted.Said;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A JVM of its own, ended with this one at the latest. */
public final class JavaProcess implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final BufferedReader replies;
    private final Thread endWithUs;

    private JavaProcess(Process process) {
        this.process = process;
        this.replies = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.endWithUs = new Thread(process::destroyForcibly, "end-child-" + process.pid());
        Runtime.getRuntime().addShutdownHook(endWithUs);
    }

    /**
     * How to start one.
     *
     * @param name of its files in the directory: {@code <name>.log}, {@code <name>.args}
     * @param mainClass the class with the {@code main} method
     * @param options for the JVM: {@code -Xmx512m} …
     * @param arguments for the program
     * @param environment added to ours
     * @param directory to run in, made when it is missing
     */
    public record Command(
            String name,
            String mainClass,
            List<String> options,
            List<String> arguments,
            Map<String, String> environment,
            Path directory) {
        public Command {
            options = List.copyOf(options);
            arguments = List.copyOf(arguments);
            environment = Map.copyOf(environment);
        }
    }

    /** Starts a program of ours that talks over its standard input and output, with the tests on its class path. */
    public static JavaProcess startInstrument(Command command) {
        return start(command, classPath(entry -> true), ProcessBuilder.Redirect.PIPE);
    }

    /** Starts the product: without the tests on its class path, all it says in its log file. */
    public static JavaProcess startProduct(Command command) {
        return start(
                command,
                classPath(entry -> !entry.endsWith("test-classes")),
                ProcessBuilder.Redirect.appendTo(log(command).toFile()));
    }

    /** Starts the product as a program of ours does it, with the tests on its class path, all it says in its log file. */
    public static JavaProcess startGuardedProduct(Command command) {
        return start(
                command,
                classPath(entry -> true),
                ProcessBuilder.Redirect.appendTo(log(command).toFile()));
    }

    /**
     * Starts the product's jar, all it says in its log file.
     *
     * @param home of the Java that runs it
     * @param command whose main class is the jar's own
     */
    public static JavaProcess startJar(Command command, Path home, Path jar) {
        return start(
                command,
                home,
                List.of("-jar", jar.toAbsolutePath().toString()),
                ProcessBuilder.Redirect.appendTo(log(command).toFile()));
    }

    private static JavaProcess start(Command command, String classPath, ProcessBuilder.Redirect output) {
        try {
            Files.createDirectories(command.directory());
            Path argumentFile =
                    command.directory().resolve(command.name() + ".args").toAbsolutePath();
            Files.writeString(argumentFile, "-cp\n\"" + classPath.replace("\\", "\\\\") + "\"\n");
            return start(
                    command,
                    Path.of(System.getProperty("java.home")),
                    List.of("@" + argumentFile, command.mainClass()),
                    output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static JavaProcess start(Command command, Path home, List<String> what, ProcessBuilder.Redirect output) {
        try {
            Files.createDirectories(command.directory());
            List<String> line = new ArrayList<>();
            line.add(home.resolve("bin").resolve("java").toString());
            line.addAll(command.options());
            line.addAll(what);
            line.addAll(command.arguments());
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(command.directory().toFile())
                    .redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log(command).toFile()));
            builder.environment().putAll(command.environment());
            return new JavaProcess(builder.start());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path log(Command command) {
        return log(command.directory(), command.name());
    }

    /** Where a process of that name in that directory says what it says. */
    public static Path log(Path directory, String name) {
        return Said.ofAll(String.valueOf(directory.getFileName()) + "-" + name, directory)
                .toAbsolutePath();
    }

    private static String classPath(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Writes a line to the program and waits for the line it answers with. */
    public synchronized String ask(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
            String reply = replies.readLine();
            if (reply == null) {
                throw new IllegalStateException(line + ": no answer, the process has ended (expected: one line)");
            }
            return reply;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to stop (SIGTERM) and waits; one that does not is killed. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("process " + process.pid() + " ran on after it was asked to stop "
                        + "(expected: it ends within " + STOP_LIMIT + ")");
            }
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
