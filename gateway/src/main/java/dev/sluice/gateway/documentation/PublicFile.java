package dev.sluice.gateway.documentation;

import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A file of the class path that everybody may have. It is read when it is first asked for, and kept. */
final class PublicFile {
    /** A browser loads scripts, styles and data from here alone, runs nothing that stands in the page, and frames nothing. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final CacheControl FOR_A_WHILE = CacheControl.maxAge(Duration.ofMinutes(10));

    private final MediaType type;
    private final Mono<byte[]> content;

    PublicFile(String onClassPath, MediaType type) {
        this.type = type;
        this.content = Mono.fromCallable(() -> new ClassPathResource(onClassPath).getContentAsByteArray())
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    Mono<ServerResponse> answer() {
        return content.flatMap(bytes -> ServerResponse.ok()
                .contentType(type)
                .cacheControl(FOR_A_WHILE)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .bodyValue(bytes));
    }
}
