package dev.sluice.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.contract.Exchange.Answered;
import dev.sluice.gateway.contract.Exchange.Sent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.adapter.JdkFlowAdapter;

/** Sends with the platform's own client, and holds what was sent and answered against the document. */
public final class CheckedHttp {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private CheckedHttp() {}

    /**
     * Sends a request.
     *
     * @throws AssertionError when request or answer are not as the document says
     */
    public static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        Contract.shared()
                .check(new Exchange(
                        new Sent(
                                request.method(),
                                request.uri(),
                                request.headers().map(),
                                body(request)),
                        new Answered(response.statusCode(), response.headers().map(), response.body())));
        return response;
    }

    /** The body once more. */
    private static String body(HttpRequest request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        request.bodyPublisher()
                .ifPresent(publisher -> JdkFlowAdapter.flowPublisherToFlux(publisher)
                        .doOnNext(buffer -> add(body, buffer))
                        .then()
                        .block(PATIENCE));
        return body.toString(UTF_8);
    }

    private static void add(ByteArrayOutputStream body, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        body.writeBytes(bytes);
    }
}
