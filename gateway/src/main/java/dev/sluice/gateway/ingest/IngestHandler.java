package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Intake;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Turns requests into webhooks and what became of them into answers. */
final class IngestHandler {
    private static final Mono<ServerResponse> TAKEN = ServerResponse.ok().build();

    private final Ingest ingest;
    private final IngestMeters meters;

    IngestHandler(Ingest ingest, IngestMeters meters) {
        this.ingest = ingest;
        this.meters = meters;
    }

    Mono<ServerResponse> receive(ServerRequest request) {
        String elementKey = request.pathVariable("elementKey");
        return Mono.defer(() -> ingest.accept(
                        elementKey,
                        EncodedInstanceId.decode(request.pathVariable("encodedId")),
                        request.exchange().getRequest()))
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
