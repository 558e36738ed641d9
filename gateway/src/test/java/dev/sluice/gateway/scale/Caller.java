package dev.sluice.gateway.scale;

import dev.sluice.gateway.rig.gateway.GatewaySetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks for one list or page after the other, over one connection. */
final class Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String host;
    private final String session;

    Caller(GatewaySetup setup) {
        host = "http://127.0.0.1:" + setup.port();
        session = signIn();
    }

    /** Whether that is the path of a page of the console, and not one of the API. */
    static boolean isPage(String path) {
        return path.startsWith("/console");
    }

    /** The console's cookie. */
    private String signIn() {
        String[] secrets = GatewaySetup.AUTHORIZATION.split("User |, Organization ", -1);
        String form = "user=" + secrets[1] + "&organization=" + secrets[2];
        HttpRequest request = HttpRequest.newBuilder(URI.create(host + "/console/sign-in"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return send(request).headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
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
        String below = isPage(path) ? "" : "/elements/api-v2";
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(host + below + path.replace("[", "%5B").replace("]", "%5D")))
                .timeout(PATIENCE);
        request = isPage(path)
                ? request.header("Cookie", session)
                : request.header("Authorization", GatewaySetup.AUTHORIZATION);
        HttpRequest sent = request.build();
        long before = System.nanoTime();
        HttpResponse<byte[]> answer = send(sent);
        long nanos = System.nanoTime() - before;
        return new Answer(
                answer.statusCode(),
                nanos,
                (int) answer.headers()
                        .firstValueAsLong("Elements-Returned-Count")
                        .orElse(-1),
                answer.headers().firstValue("Elements-Next-Page-Token").isPresent());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
