package dev.sluice.gateway.ingest;

import dev.sluice.normalizers.Intake;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What became of a webhook that was taken. */
sealed interface Receipt {

    /** A word for it, for meters. */
    String outcome();

    Mono<ServerResponse> answer(IngestHandler handler);

    /** It is committed. */
    record Stored() implements Receipt {
        @Override
        public String outcome() {
            return "stored";
        }

        @Override
        public Mono<ServerResponse> answer(IngestHandler handler) {
            return handler.taken();
        }
    }

    /** The same was committed before. */
    record Repeat() implements Receipt {
        @Override
        public String outcome() {
            return "repeat";
        }

        @Override
        public Mono<ServerResponse> answer(IngestHandler handler) {
            return handler.taken();
        }
    }

    /** It only wanted an answer. */
    record Shaken(Intake.Handshake handshake) implements Receipt {
        @Override
        public String outcome() {
            return "handshake";
        }

        @Override
        public Mono<ServerResponse> answer(IngestHandler handler) {
            return handler.shake(handshake);
        }
    }
}
