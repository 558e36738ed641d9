package dev.sluice.gateway.lifecycle.storage;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Opens the storage on a thread of its own while the application context is still being put together: both take seconds,
 * and neither needs the other before the first bean asks for the database.
 */
public final class EarlyStorage implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final CompletableFuture<OpenStorage> opening = new CompletableFuture<>();

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        StorageSettings settings = StorageSettings.of(context.getEnvironment());
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton("earlyStorage", this);
        // A start that fails before any bean asked still closes what was opened.
        beans.registerDisposableBean("earlyStorage", this::close);
        new Thread(() -> open(settings), "open-storage").start();
    }

    private void open(StorageSettings settings) {
        try {
            opening.complete(OpenStorage.open(settings));
        } catch (RuntimeException | Error failed) {
            opening.completeExceptionally(failed);
        }
    }

    private void close() {
        opening.handle((storage, failure) -> Optional.ofNullable(storage))
                .join()
                .ifPresent(OpenStorage::close);
    }

    /** Waits until it is open; throws what opening threw. */
    OpenStorage await() {
        try {
            return opening.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
