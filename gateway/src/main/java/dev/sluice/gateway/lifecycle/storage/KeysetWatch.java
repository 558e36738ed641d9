package dev.sluice.gateway.lifecycle.storage;

import dev.sluice.persistence.secret.Resealing;
import dev.sluice.persistence.secret.SecretCipher;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Follows changes of the keyset's file, so that keys are changed without a restart, and encrypts anew what the former
 * primary key encrypted.
 */
final class KeysetWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeysetWatch.class);

    /** Nodes may read the file that much apart. */
    static final Duration EVERY = Duration.ofSeconds(5);

    private final SecretCipher cipher;
    private final Resealing resealing;
    private final Disposable.Swap running = Disposables.swap();

    KeysetWatch(SecretCipher cipher, Resealing resealing) {
        this.cipher = cipher;
        this.resealing = resealing;
    }

    /** Looks at once and then again and again: the file may have changed while no node ran. */
    void start() {
        running.update(reseal().then(
                        Mono.defer(this::look).then(Mono.delay(EVERY)).repeat().then())
                .subscribe());
    }

    private Mono<Void> look() {
        return Mono.fromCallable(cipher::reload)
                .subscribeOn(Schedulers.boundedElastic())
                .filter(changed -> changed)
                .doOnNext(changed -> LOG.info("The keyset has changed and is in use"))
                // Once more when every node has seen it: until then, some encrypt with the former key.
                .flatMap(changed ->
                        reseal().then(Mono.delay(EVERY.multipliedBy(2))).then(reseal()))
                .onErrorResume(error -> {
                    LOG.warn("The keyset has changed and cannot be used; the former one stays in use", error);
                    return Mono.empty();
                });
    }

    private Mono<Void> reseal() {
        return Mono.defer(resealing::run)
                .filter(count -> count > 0)
                .doOnNext(count -> LOG.info("{} secrets are encrypted with the primary key now", count))
                .onErrorResume(error -> {
                    LOG.warn("Secrets could not be encrypted with the primary key; the next start tries again", error);
                    return Mono.empty();
                })
                .then();
    }

    @Override
    public void close() {
        running.dispose();
    }
}
