package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Intake;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Turns requests into webhooks and what became of them into answers. */
final class IngestHandler {
    private static final Mono<ServerResponse> TAKEN = ServerResponse.ok().build();

    private final Ingest ingest;
    private final SharedIngest shared;
    private final IngestMeters meters;

    IngestHandler(Ingest ingest, SharedIngest shared, IngestMeters meters) {
        this.ingest = ingest;
        this.shared = shared;
        this.meters = meters;
    }

    Mono<ServerResponse> receive(ServerRequest request) {
        return answer(
                request,
                elementKey -> ingest.accept(
                        elementKey,
                        EncodedInstanceId.decode(request.pathVariable("encodedId")),
                        request.exchange().getRequest()));
    }

    Mono<ServerResponse> receiveShared(ServerRequest request) {
        return answer(
                request,
                elementKey -> shared.accept(elementKey, request.exchange().getRequest()));
    }

    private Mono<ServerResponse> answer(ServerRequest request, Function<String, Mono<Receipt>> accept) {
        String elementKey = request.pathVariable("elementKey");
        return Mono.defer(() -> accept.apply(elementKey))
                .doOnError(error -> meters.refused(elementKey, error))
                .flatMap(receipt -> {
                    meters.received(elementKey, receipt);
                    return receipt.answer(this);
                });
    }

    Mono<ServerResponse> taken() {
        return TAKEN;
    }

    Mono<ServerResponse> shake(Intake.Handshake handshake) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(handshake.status());
        return handshake.body().isEmpty()
                ? answer.build()
                : answer.contentType(MediaType.parseMediaType(handshake.contentType()))
                        .bodyValue(handshake.body());
    }
}
