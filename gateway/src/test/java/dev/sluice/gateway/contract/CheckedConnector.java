package dev.sluice.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.contract.Exchange.Answered;
import dev.sluice.gateway.contract.Exchange.Sent;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends requests, and holds them and their answers against the document before anybody sees these. */
final class CheckedConnector implements ClientHttpConnector {
    private final ClientHttpConnector network = new ReactorClientHttpConnector();
    private final Contract contract;

    CheckedConnector(Contract contract) {
        this.contract = contract;
    }

    @Override
    public Mono<ClientHttpResponse> connect(
            HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
        return Mono.defer(() -> {
            Recorded recorded = new Recorded();
            return network.connect(method, uri, request -> requestCallback.apply(recorded.recording(request)))
                    .flatMap(response -> checked(recorded.sent(method, uri), response));
        });
    }

    private Mono<ClientHttpResponse> checked(Sent sent, ClientHttpResponse response) {
        return DataBufferUtils.join(response.getBody())
                .map(CheckedConnector::bytes)
                .defaultIfEmpty(new byte[0])
                .map(body -> {
                    contract.check(new Exchange(
                            sent,
                            new Answered(
                                    response.getStatusCode().value(),
                                    byName(response.getHeaders()),
                                    new String(body, UTF_8))));
                    return new Read(response, body);
                });
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Map<String, List<String>> byName(HttpHeaders headers) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        headers.forEach(byName::put);
        return byName;
    }

    /** What was sent, once it was. */
    private static final class Recorded {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private HttpHeaders headers = new HttpHeaders();

        private ClientHttpRequest recording(ClientHttpRequest request) {
            headers = request.getHeaders();
            return new ClientHttpRequestDecorator(request) {
                @Override
                public Mono<Void> writeWith(Publisher<? extends DataBuffer> buffers) {
                    return super.writeWith(Flux.from(buffers).doOnNext(Recorded.this::add));
                }

                @Override
                @SuppressWarnings("NestedPublishers") // The framework's own signature.
                public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> parts) {
                    return super.writeAndFlushWith(
                            Flux.from(parts).map(part -> Flux.from(part).doOnNext(Recorded.this::add)));
                }
            };
        }

        private void add(DataBuffer buffer) {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.toByteBuffer(buffer.readPosition(), ByteBuffer.wrap(bytes), 0, bytes.length);
            body.writeBytes(bytes);
        }

        private Sent sent(HttpMethod method, URI uri) {
            return new Sent(method.name(), uri, byName(headers), body.toString(UTF_8));
        }
    }

    /** An answer whose body was read already. */
    private static final class Read extends ClientHttpResponseDecorator {
        private final byte[] body;

        private Read(ClientHttpResponse response, byte[] body) {
            super(response);
            this.body = body;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return body.length == 0
                    ? Flux.empty()
                    : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
        }
    }
}
