package dev.sluice.gateway.rig.gateway;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.contract.CheckedHttp;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.planted.Said;
import dev.sluice.gateway.rig.process.JavaProcess;
import dev.sluice.gateway.rig.process.WallClock;
import dev.sluice.gateway.rig.traffic.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A gateway in a process of its own. */
public final class Gateway implements AutoCloseable {
    private static final String MAIN_CLASS = "dev.sluice.gateway.Sluice";
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final String SIGNATURE_KEY = Planted.secret("notifications");
    private static final String VENDOR_SECRET = Planted.secret("webhooks");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();
    private final GatewaySetup setup;
    private final JavaProcess process;
    private final long startedMicros = WallClock.micros();

    private Gateway(GatewaySetup setup, JavaProcess process) {
        this.setup = setup;
        this.process = process;
    }

    /** Starts the process; it is not ready yet. */
    public static Gateway start(GatewaySetup setup) {
        return new Gateway(setup, JavaProcess.startProduct(command(setup, MAIN_CLASS)));
    }

    /** The same, with a guard that writes {@link BlockingGuard#FOUND} where a thread blocks that must not. */
    public static Gateway startGuarded(GatewaySetup setup) {
        return new Gateway(
                setup,
                JavaProcess.startGuardedProduct(
                        command(setup.withOptions(BlockingGuard.OPTIONS), BlockingGuard.class.getName())));
    }

    /** The same from the jar, run by the Java of that home. */
    public static Gateway startJar(GatewaySetup setup, Path home, Path jar) {
        return new Gateway(setup, JavaProcess.startJar(command(setup, MAIN_CLASS), home, jar));
    }

    private static JavaProcess.Command command(GatewaySetup setup, String mainClass) {
        return new JavaProcess.Command(
                setup.name(), mainClass, setup.options(), List.of(), setup.environment(), setup.directory());
    }

    /**
     * An instance as provisioned.
     *
     * @param path of its webhook URL
     */
    public record Instance(long id, String path) {}

    /** Waits until the readiness probe says so; returns how long that took from the start of the process. */
    public Duration awaitReady(Duration limit) {
        await("gateway ready, see " + log())
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway ended while starting, see " + log());
        }
        return Duration.ofNanos((WallClock.micros() - startedMicros) * 1_000);
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + setup.managementPort()
                                                    + "/actuator/health/readiness"))
                                            .timeout(ANSWER_LIMIT)
                                            .build(),
                                    ofString())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * Makes a GitHub instance whose webhooks are signed with the rig's secret.
     *
     * @param callbackUrl where its events go, null for nowhere
     */
    public Instance provision(String name, @Nullable String callbackUrl) {
        return provision(name, callbackUrl, Map.of());
    }

    /** The same with more of its configuration. */
    public Instance provision(String name, @Nullable String callbackUrl, Map<String, String> configuration) {
        String more = configuration.entrySet().stream()
                .map(each -> "\"%s\":\"%s\",".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining());
        String callback = callbackUrl == null ? more : more + """
                "event.notification.enabled":"true","event.notification.callback.url":"%s",
                "event.notification.signature.key":"%s",""".formatted(callbackUrl, SIGNATURE_KEY);
        JsonNode instance = api("POST", "/instances", """
                {"element":{"key":"github"},"name":"%s","tags":["rig"],"configuration":{%s
                "github.organization":"acme","github.repository":"tides","event.vendor.signature.key":"%s"}}""".formatted(name, callback, VENDOR_SECRET));
        return new Instance(
                instance.path("id").asLong(),
                "/elements/api-v2/events/github/" + instance.path("encodedId").asString());
    }

    private JsonNode api(String method, String path, String body) {
        try {
            HttpResponse<String> response = CheckedHttp.send(
                    http,
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + setup.port() + "/elements/api-v2" + path))
                            .timeout(ANSWER_LIMIT)
                            .header("Content-Type", "application/json")
                            .header("Authorization", GatewaySetup.AUTHORIZATION)
                            .method(method, BodyPublishers.ofString(body))
                            .build());
            Said.append("answered", response.body() + "\n\n");
            if (response.statusCode() != 200) {
                throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " "
                        + response.body() + " (expected: 200)");
            }
            return JSON.readTree(response.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The webhook URL of an instance, as a load generator needs it. */
    public Target target(Instance instance) {
        return Target.local(setup.port(), instance.path(), VENDOR_SECRET);
    }

    /** How it was started. */
    public GatewaySetup setup() {
        return setup;
    }

    /** What it said so far, all its runs one after the other. */
    public String said() {
        try {
            return Files.readString(log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path log() {
        return JavaProcess.log(setup.directory(), setup.name());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.kill();
    }

    /** Stops it in order (SIGTERM). */
    @Override
    public void close() {
        process.close();
    }
}
