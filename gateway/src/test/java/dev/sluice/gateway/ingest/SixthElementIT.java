package dev.sluice.gateway.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.ingest.CallbackServer.Notification;
import dev.sluice.gateway.ingest.GatewayClient.Instance;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.process.FreePort;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One package and one registration line are all it takes to add an element. */
final class SixthElementIT {
    private static final String KEY = Planted.secret("beacon");

    @Test
    void servesAnElementThatIsOnlyRegistered(@TempDir Path directory) throws Exception {
        Path registration = directory.resolve("registration/META-INF/services/dev.sluice.normalizers.Element");
        Files.createDirectories(registration.getParent());
        Files.writeString(registration, "dev.sluice.normalizers.beacon.Beacon\n");
        int port = FreePort.find();
        try (URLClassLoader loader = classes(directory.resolve("registration"));
                AutoCloseable gateway = start(loader, port, directory);
                CallbackServer callback = new CallbackServer()) {
            assertThat(gateway).isNotNull();
            serve(new GatewayClient("http://127.0.0.1:" + port), callback);
            loseNothing(new GatewayClient("http://127.0.0.1:" + port), callback);
        }
    }

    private static void serve(GatewayClient client, CallbackServer callback) {
        Instance instance = client.provision(
                "beacon", callback, Map.of("beacon.harbour", "Cuxhaven", "event.vendor.signature.key", KEY));
        byte[] lit = "{\"harbour\":\"cuxhaven\",\"light\":7,\"kind\":\"lit\"}".getBytes(UTF_8);
        byte[] out = "{\"harbour\":\"cuxhaven\",\"light\":8,\"kind\":\"out\"}".getBytes(UTF_8);
        byte[] hello = "{\"kind\":\"hello\"}".getBytes(UTF_8);

        HttpResponse<String> greeted = send(client, instance.webhookUrl(), hello, KEY);
        assertThat(greeted.statusCode()).isEqualTo(200);
        assertThat(greeted.body()).isEqualTo("hello");
        assertThat(send(client, instance.webhookUrl(), lit, "wrong").statusCode())
                .isEqualTo(401);
        assertThat(send(client, instance.webhookUrl(), lit, KEY).statusCode()).isEqualTo(200);
        assertThat(send(client, instance.webhookUrl(), lit, KEY).statusCode()).isEqualTo(200);
        assertThat(send(client, client.sharedUrl("beacon"), out, KEY).statusCode())
                .isEqualTo(200);

        assertThat(callback.await(instance.id(), 2))
                .allSatisfy(notification -> assertThat(notification.items())
                        .singleElement()
                        .asString()
                        .matches("light [78] UPDATED .+Z"))
                .extracting(Notification::body)
                .anySatisfy(body -> assertThat(body).contains("\"raw\":" + new String(lit, UTF_8)))
                .anySatisfy(body -> assertThat(body).contains("\"raw\":" + new String(out, UTF_8)));
    }

    /** An element that fails on a webhook, at once or item by item, is no reason to lose it. */
    private static void loseNothing(GatewayClient client, CallbackServer callback) {
        Instance instance = client.provision("beacon", callback, Map.of("beacon.harbour", "Emden"));
        byte[] fog = "{\"light\":7,\"kind\":\"fog\"}".getBytes(UTF_8);
        byte[] storm = "{\"light\":7,\"kind\":\"storm\"}".getBytes(UTF_8);

        assertThat(send(client, instance.webhookUrl(), fog, "any").statusCode()).isEqualTo(200);
        assertThat(send(client, instance.webhookUrl(), storm, "any").statusCode())
                .isEqualTo(200);

        assertThat(callback.await(instance.id(), 2))
                .allSatisfy(notification -> assertThat(notification.items())
                        .singleElement()
                        .asString()
                        .startsWith("unknown unknown UNKNOWN "))
                .extracting(Notification::body)
                .anySatisfy(body -> assertThat(body).contains("\"raw\":" + new String(fog, UTF_8)))
                .anySatisfy(body -> assertThat(body).contains("\"raw\":" + new String(storm, UTF_8)));
    }

    private static HttpResponse<String> send(GatewayClient client, String url, byte[] body, String key) {
        return client.post(url, body, "Content-Type", "application/json", "X-Beacon-Signature", Signed.hex(key, body));
    }

    /** All classes anew, as they are found by a gateway that has the registration on its class path. */
    private static URLClassLoader classes(Path registration) {
        URL[] classPath = Stream.concat(
                        Stream.of(registration),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .map(Path::of))
                .map(SixthElementIT::url)
                .toArray(URL[]::new);
        return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static AutoCloseable start(ClassLoader loader, int port, Path directory)
            throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            String[] arguments = Stream.concat(
                            Stream.of(GatewayClient.SETTINGS),
                            Stream.of("--server.port=" + port, "--sluice.data-dir=" + directory.resolve("data")))
                    .toArray(String[]::new);
            return (AutoCloseable) loader.loadClass("org.springframework.boot.SpringApplication")
                    .getMethod("run", Class.class, String[].class)
                    .invoke(null, loader.loadClass("dev.sluice.gateway.Sluice"), arguments);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
