package dev.sluice.persistence.instance;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.persistence.connection.Database;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Instances by id, in memory: no query while a known one has not changed. A change on any node is seen here within a second,
 * also when the connection that tells of it is dead: then each entry is asked for again about once a second.
 */
public final class InstanceCache implements AutoCloseable {
    /** Leaves a tenth of the promised second for the query itself. */
    private static final long FRESH_NANOS = Duration.ofMillis(900).toNanos();

    private static final long CHARACTERS_MAX = 32L * 1024 * 1024;

    private final AsyncCache<Long, Entry> entries = Caffeine.newBuilder()
            .maximumWeight(CHARACTERS_MAX)
            .weigher(InstanceCache::characters)
            .buildAsync();
    private final LongFunction<Mono<Instance>> load;
    private final LongSupplier nanoTime;
    private final ChangeFeed changes;

    /**
     * What the database said.
     *
     * @param instance null when it knows none of that id
     * @param failure why it said nothing: told to those who wait for it, asked again by the next; null when it did
     * @param asked nano time of the question
     * @param session the session of the feed in which it was asked
     */
    private record Entry(
            @Nullable Instance instance, @Nullable Throwable failure, long asked, long session) {

        private Mono<Instance> answer() {
            return failure == null ? Mono.justOrEmpty(instance) : Mono.error(failure);
        }
    }

    public InstanceCache(Database database, InstanceRepository instances) {
        this(database, instances::find, System::nanoTime);
    }

    InstanceCache(Database database, LongFunction<Mono<Instance>> load, LongSupplier nanoTime) {
        this.load = load;
        this.nanoTime = nanoTime;
        this.changes = new ChangeFeed(database, id -> entries.asMap().remove(id), nanoTime);
    }

    private static int characters(Long id, Entry entry) {
        int overhead = 512;
        Instance instance = entry.instance();
        return instance == null
                ? overhead
                : instance.configuration().entrySet().stream()
                        .mapToInt(setting ->
                                setting.getKey().length() + setting.getValue().length() + 64)
                        .reduce(2 * overhead, Math::addExact);
    }

    /** Begins to listen for changes. Before that every entry lives for less than a second. */
    public void start() {
        changes.start();
    }

    /**
     * The instance of that id, whoever owns it; empty when it is unknown or deleted. Those who ask at once for what is not
     * known share one query; an error is theirs alone and is not remembered.
     */
    public Mono<Instance> find(long id) {
        return Mono.defer(() -> {
            CompletableFuture<Entry> held = entries.getIfPresent(id);
            if (held != null && held.isDone()) {
                Entry entry = held.join();
                if (isFresh(entry)) {
                    return entry.answer();
                }
                entries.asMap().remove(id, held);
            }
            // The query is shared, so that one who gives up must not cancel it for the others.
            return Mono.fromFuture(entries.get(id, (missing, executor) -> ask(missing)), true)
                    .flatMap(Entry::answer);
        });
    }

    private boolean isFresh(Entry entry) {
        ChangeFeed.Coverage coverage = changes.coverage();
        long now = nanoTime.getAsLong();
        boolean everyChangeHeard =
                coverage.session() > 0 && coverage.session() == entry.session() && now - coverage.until() < FRESH_NANOS;
        return entry.failure() == null && (everyChangeHeard || now - entry.asked() < FRESH_NANOS);
    }

    private CompletableFuture<Entry> ask(long id) {
        long asked = nanoTime.getAsLong();
        long session = changes.coverage().session();
        return load.apply(id)
                .map(instance -> new Entry(instance, null, asked, session))
                .defaultIfEmpty(new Entry(null, null, asked, session))
                .onErrorResume(failure -> Mono.just(new Entry(null, failure, asked, session)))
                .toFuture();
    }

    /** Stops listening. */
    @Override
    public void close() {
        changes.close();
    }
}
