package dev.sluice.gateway.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.delivery.egress.AddressGuard;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Sends a request to a provider, once. */
public final class ProviderClient {
    private static final int ANSWER_BYTES_MAX = 256 * 1_024;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String GUARD = "sluice.address-guard";

    private final HttpClient named;
    private final HttpClient guarded;
    private final NamedOrigins origins;

    ProviderClient(NamedOrigins origins, AddressGuard guard) {
        this.origins = origins;
        // A fresh connection for each call, and no second try: codes and refresh tokens must not be sent twice, and
        // what
        // became of a request on a kept connection that broke is not known.
        this.named = HttpClient.newConnection()
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .headers(headers -> headers.set(HttpHeaderNames.USER_AGENT, "Sluice"));
        this.guarded = named.doOnChannelInit(
                (observer, channel, remote) -> channel.pipeline().addFirst(GUARD, guard));
    }

    /** A client for another place that the operator has named; what that leads to beside is held to the limits of all. */
    public static ProviderClient of(String namedUrl) {
        return new ProviderClient(new NamedOrigins(Stream.of(namedUrl)), new AddressGuard(List.of()));
    }

    /**
     * Sends it and reads the answer to its end, whatever its status.
     *
     * @param limit for all of it
     * @return the answer, or a {@link ProviderUnreachableException}
     */
    public Mono<ProviderResponse> call(ProviderRequest request, Duration limit) {
        return Mono.defer(() -> exchange(request))
                .timeout(limit)
                .onErrorMap(
                        error -> !(error instanceof ProviderUnreachableException), ProviderUnreachableException::of);
    }

    private Mono<ProviderResponse> exchange(ProviderRequest request) {
        HttpClient client = origins.contain(request.url()) ? named : guarded;
        HttpClient.RequestSender sender = client.headers(
                        headers -> request.headers().forEach(headers::set))
                .request(HttpMethod.valueOf(request.method()))
                .uri(request.url());
        HttpClient.ResponseReceiver<?> receiver = request.body().isEmpty()
                ? sender
                : sender.send((head, outbound) -> {
                    byte[] body = request.body().getBytes(UTF_8);
                    head.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length));
                    return outbound.sendByteArray(Mono.just(body));
                });
        return receiver.response((head, content) -> text(content.asByteArray())
                        .map(text -> new ProviderResponse(head.status().code(), text)))
                .next();
    }

    private static Mono<String> text(Flux<byte[]> content) {
        return content.collect(ByteArrayOutputStream::new, ProviderClient::append)
                .map(bytes -> bytes.toString(UTF_8));
    }

    private static void append(ByteArrayOutputStream read, byte[] piece) {
        if (read.size() + piece.length > ANSWER_BYTES_MAX) {
            throw new AnswerTooLargeException(ANSWER_BYTES_MAX);
        }
        read.writeBytes(piece);
    }
}
