package dev.sluice.gateway.rig.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The product's jar as the image has it: extracted, with an archive of what Java learnt of its classes in one run.
 *
 * @param jar as extracted
 * @param archive of its classes
 */
public record PreparedJar(Path jar, Path archive) {
    /** As the build makes it. */
    public static final Path BUILT = Path.of("target", "sluice.jar").toAbsolutePath();

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC");

    /**
     * Prepares one, by one run from start to end.
     *
     * @param directory where it is left
     * @param setup of that run
     * @param work what is done with the gateway meanwhile
     */
    public static PreparedJar train(Path directory, GatewaySetup setup, Consumer<Gateway> work) {
        PreparedJar prepared =
                new PreparedJar(extract(JAVA_HOME, directory.resolve("app")), directory.resolve("sluice.jsa"));
        GatewaySetup training =
                setup.withOptions(OPTIONS).withOptions(List.of("-XX:ArchiveClassesAtExit=" + prepared.archive()));
        try (Gateway gateway = Gateway.startJar(training, JAVA_HOME, prepared.jar())) {
            work.accept(gateway);
        }
        return prepared;
    }

    /**
     * Extracts the jar that was built.
     *
     * @param home of the Java that does it
     * @return the jar to run then
     */
    public static Path extract(Path home, Path destination) {
        try {
            int exit = new ProcessBuilder(
                            home.resolve("bin").resolve("java").toString(),
                            "-Djarmode=tools",
                            "-jar",
                            BUILT.toString(),
                            "extract",
                            "--destination",
                            destination.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("extracting " + BUILT + ": exit " + exit + " (expected: 0)");
            }
            return destination.resolve(BUILT.getFileName());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Starts a gateway from it. */
    public Gateway start(GatewaySetup setup) {
        return Gateway.startJar(
                setup.withOptions(OPTIONS).withOptions(List.of("-XX:SharedArchiveFile=" + archive)), JAVA_HOME, jar);
    }
}
