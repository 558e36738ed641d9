package dev.sluice.persistence.search;

import dev.sluice.persistence.connection.Database;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;

/** Reads the counts by the minute, added up to slots of time. */
public final class RollupRepository {
    private static final int ROWS_MAX = 100_000;

    private static final String BY_INSTANCE = """
            SELECT floor(extract(epoch FROM minute - :from) / :seconds)::bigint AS slot, instance_id,
                   sum(received)::bigint AS received, sum(delivered)::bigint AS delivered, sum(failed)::bigint AS failed
              FROM event_rollup
             WHERE organization_id = :organization AND minute >= :from AND minute < :to
               AND (:instance::bigint IS NULL OR instance_id = :instance)
             GROUP BY 1, 2 ORDER BY 1, 2 LIMIT :limit""";
    private static final String OF_ALL = """
            SELECT floor(extract(epoch FROM minute - :from) / :seconds)::bigint AS slot, 0::bigint AS instance_id,
                   sum(received)::bigint AS received, sum(delivered)::bigint AS delivered, sum(failed)::bigint AS failed
              FROM event_rollup
             WHERE organization_id = :organization AND minute >= :from AND minute < :to
               AND (:instance::bigint IS NULL OR instance_id = :instance)
             GROUP BY 1 ORDER BY 1 LIMIT :limit""";

    private final DatabaseClient database;

    public RollupRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Counts by slot and instance; slots and instances without any are left out. At most 100,000.
     *
     * @param from where slot 0 begins, on a whole minute
     * @param to where the last slot ends
     * @param slot how long each is, whole minutes
     * @param instanceId of one instance, or null for all
     */
    public Flux<EventCount> byInstance(
            long organizationId, Instant from, Instant to, Duration slot, @Nullable Long instanceId) {
        return read(BY_INSTANCE, organizationId, from, to, slot, instanceId);
    }

    /** The same, all instances together: the instance's id is 0. */
    public Flux<EventCount> ofAll(
            long organizationId, Instant from, Instant to, Duration slot, @Nullable Long instanceId) {
        return read(OF_ALL, organizationId, from, to, slot, instanceId);
    }

    private Flux<EventCount> read(
            String sql, long organizationId, Instant from, Instant to, Duration slot, @Nullable Long instanceId) {
        GenericExecuteSpec statement = database.sql(sql)
                .bind("organization", organizationId)
                .bind("from", from)
                .bind("to", to)
                .bind("seconds", slot.toSeconds())
                .bind("limit", ROWS_MAX);
        return (instanceId == null
                        ? statement.bindNull("instance", Long.class)
                        : statement.bind("instance", instanceId))
                .map(RollupRepository::count)
                .all();
    }

    private static EventCount count(Readable row) {
        return new EventCount(
                row.get("slot", Long.class),
                row.get("instance_id", Long.class),
                row.get("received", Long.class),
                row.get("delivered", Long.class),
                row.get("failed", Long.class));
    }
}
