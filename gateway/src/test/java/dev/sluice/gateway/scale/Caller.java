package dev.sluice.gateway.scale;

import dev.sluice.gateway.rig.GatewaySetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks for one list after the other, over one connection. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String base;

    Caller(GatewaySetup setup) {
        base = "http://127.0.0.1:" + setup.port() + "/elements/api-v2";
    }

    /**
     * An answer.
     *
     * @param nanos from the request to its last byte
     * @param returned how many the list had, -1 for what is no list
     * @param more whether more follows
     */
    record Answer(int status, long nanos, int returned, boolean more) {}

    Answer ask(String path) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(base + path.replace("[", "%5B").replace("]", "%5D")))
                .timeout(PATIENCE)
                .header("Authorization", GatewaySetup.AUTHORIZATION)
                .build();
        try {
            long before = System.nanoTime();
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            long nanos = System.nanoTime() - before;
            return new Answer(
                    answer.statusCode(),
                    nanos,
                    (int) answer.headers()
                            .firstValueAsLong("Elements-Returned-Count")
                            .orElse(-1),
                    answer.headers().firstValue("Elements-Next-Page-Token").isPresent());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
