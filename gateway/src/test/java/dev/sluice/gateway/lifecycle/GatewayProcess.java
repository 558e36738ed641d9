package dev.sluice.gateway.lifecycle;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.Sluice;
import dev.sluice.gateway.planted.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a JVM of its own, which can be killed. Its ports are free ones. */
final class GatewayProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern MANAGEMENT = Pattern.compile("Management  (http://localhost:\\d+)/");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path output;

    private GatewayProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it with these environment variables; it is not yet ready. */
    static GatewayProcess start(Path directory, Map<String, String> environment) throws IOException {
        Path output = Said.newLog("gateway", directory);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(Said.options());
        command.add(Sluice.class.getName());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().put("SERVER_PORT", "0");
        builder.environment().put("MANAGEMENT_SERVER_PORT", "0");
        builder.environment().put("SLUICE_DATA_DIR", directory.resolve("data").toString());
        builder.environment().putAll(environment);
        return new GatewayProcess(builder.start(), output);
    }

    GatewayProcess awaitReady() {
        await().atMost(PATIENCE).until(() -> output().contains("Sluice is ready") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway ended: " + output());
        }
        return this;
    }

    /** Waits until it has ended by itself. */
    int awaitExit() {
        return process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** What it has printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The status of its readiness probe. */
    int readiness() throws IOException, InterruptedException {
        Matcher management = MANAGEMENT.matcher(output());
        if (!management.find()) {
            throw new IllegalStateException("no management port in: " + output());
        }
        HttpRequest probe = HttpRequest.newBuilder(URI.create(management.group(1) + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HTTP.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** Stops it as Ctrl-C does. */
    @Override
    public void close() {
        process.destroy();
        awaitExit();
    }
}
