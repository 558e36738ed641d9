package dev.sluice.persistence.redelivery;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.search.EventFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The jobs: given, watched and cancelled by customers, claimed and moved on by whichever node has the time. */
public final class RedeliveryJobRepository {
    /** What arrives after the order is not meant by it: the database's clock says when that was. */
    private static final String CREATE = """
            INSERT INTO redelivery_job (
                   organization_id, instance_id, from_id, after_id, before_id, status, object_type, object_id, id_text,
                   event_type)
            SELECT :organization, :instance, :after, :after,
                   least(:before, (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid),
                   :status, :objectType, :objectId, :idText, :eventType
            RETURNING *""";

    private static final String FIND = """
            SELECT * FROM redelivery_job WHERE id = :id AND instance_id = :instance""";
    private static final String OF_INSTANCE = """
            SELECT * FROM redelivery_job WHERE instance_id = :instance AND id < :before ORDER BY id DESC LIMIT :limit""";
    private static final String CANCEL = """
            UPDATE redelivery_job
               SET state = CASE WHEN state = 'running' THEN 'cancelled' ELSE state END,
                   updated_at = CASE WHEN state = 'running' THEN now() ELSE updated_at END
             WHERE id = :id AND instance_id = :instance RETURNING *""";
    private static final String CLAIM = """
            UPDATE redelivery_job
               SET next_at = now() + :lease_micros * interval '1 microsecond', generation = generation + 1
             WHERE id IN (SELECT id FROM redelivery_job WHERE state = 'running' AND next_at <= now()
                           ORDER BY next_at LIMIT :limit FOR UPDATE SKIP LOCKED)
            RETURNING *""";
    private static final String MOVE_ON = """
            UPDATE redelivery_job
               SET after_id = :after, events = events + :events, deliveries = deliveries + :deliveries,
                   state = CASE WHEN :done THEN 'done' ELSE state END,
                   next_at = now() + :wait_micros * interval '1 microsecond', updated_at = now()
             WHERE id = :id AND generation = :generation AND state = 'running'""";

    private final DatabaseClient database;

    public RedeliveryJobRepository(Database database) {
        this.database = database.client();
    }

    /**
     * Makes a job, which may be claimed at once.
     *
     * @param filter of one instance, whose element it {@link EventFilter#allows}; its {@code from} and {@code to} bound the job, which never goes beyond now
     */
    public Mono<RedeliveryJob> create(EventFilter filter, long instanceId) {
        Instant to = filter.to();
        GenericExecuteSpec insert = database.sql(CREATE)
                .bind("organization", filter.organizationId())
                .bind("instance", instanceId)
                .bind("after", EventId.earliest(filter.from() == null ? Instant.EPOCH : filter.from()))
                .bind("before", EventId.earliest(to == null ? Instant.parse("2200-01-01T00:00:00Z") : to));
        insert = bind(
                insert,
                "status",
                filter.status() == null ? null : filter.status().name());
        insert = bind(insert, "objectType", filter.objectType());
        insert = bind(insert, "objectId", filter.objectId());
        insert = bind(insert, "idText", filter.idText());
        return bind(insert, "eventType", filter.eventType())
                .map(RedeliveryJob::of)
                .one();
    }

    private static GenericExecuteSpec bind(GenericExecuteSpec statement, String name, @Nullable String value) {
        return value == null ? statement.bindNull(name, String.class) : statement.bind(name, value);
    }

    /** The job of that number, if it is the instance's. */
    public Mono<RedeliveryJob> find(long instanceId, long id) {
        return database.sql(FIND)
                .bind("id", id)
                .bind("instance", instanceId)
                .map(RedeliveryJob::of)
                .one();
    }

    /**
     * The instance's jobs, the newest first, by {@code redelivery_job_of_instance}.
     *
     * @param before only those with smaller numbers; null to begin with the newest
     * @param limit at least 1
     */
    public Flux<RedeliveryJob> ofInstance(long instanceId, @Nullable Long before, int limit) {
        return database.sql(OF_INSTANCE)
                .bind("instance", instanceId)
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map(RedeliveryJob::of)
                .all();
    }

    /** Stops the job, if it is the instance's and still runs; as it is afterwards. What is owed already stays owed. */
    public Mono<RedeliveryJob> cancel(long instanceId, long id) {
        return database.sql(CANCEL)
                .bind("id", id)
                .bind("instance", instanceId)
                .map(RedeliveryJob::of)
                .one();
    }

    /** Claims jobs that may go on; no other node gets them before the lease ends. */
    public Flux<RedeliveryJob> claim(Duration lease, int limit) {
        return database.sql(CLAIM)
                .bind("lease_micros", lease.toNanos() / 1_000)
                .bind("limit", limit)
                .map(RedeliveryJob::of)
                .all();
    }

    /**
     * Moves a claimed job on, if the claim still holds and nobody has cancelled it.
     *
     * @param after up to where it is done now
     * @param events sent again since the claim
     * @param wait until it may be claimed again
     * @return whether it moved
     */
    public Mono<Boolean> moveOn(
            RedeliveryJob claimed, UUID after, boolean done, int events, int deliveries, Duration wait) {
        return database.sql(MOVE_ON)
                .bind("id", claimed.id())
                .bind("generation", claimed.generation())
                .bind("after", after)
                .bind("done", done)
                .bind("events", events)
                .bind("deliveries", deliveries)
                .bind("wait_micros", wait.toNanos() / 1_000)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }
}
