package dev.sluice.persistence.notice;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps where organizations want to be told, and brings out what waits to be told. */
public final class NoticeRepository {
    private static final String TARGET = """
            SELECT id, notice_url, notice_key FROM organization WHERE id = :organization AND notice_url IS NOT NULL""";
    private static final String SET_TARGET = """
            UPDATE organization SET notice_url = :url, notice_key = :key WHERE id = :organization RETURNING id""";
    /** Who wants to be told no more is not told what waits, either. */
    private static final String NO_TARGET = """
            WITH unwanted AS (
                DELETE FROM notice WHERE organization_id = :organization)
            UPDATE organization SET notice_url = NULL, notice_key = NULL WHERE id = :organization""";

    private static final String CLAIM = """
            WITH too_old AS (
                DELETE FROM notice WHERE due_at IS NULL AND created_at < now() - interval '30 days'),
            claimed AS (
                UPDATE notice
                   SET due_at = now() + :lease * interval '1 microsecond', generation = generation + 1
                 WHERE id IN (SELECT id FROM notice WHERE due_at <= now()
                               ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING id, organization_id, topic, message, created_at, attempts, generation)
            SELECT claimed.id AS notice_id, topic, message::text AS message, claimed.created_at, attempts, generation,
                   (extract(epoch FROM now() - claimed.created_at) * 1000000)::bigint AS age,
                   organization.id, notice_url, notice_key
              FROM claimed JOIN organization ON organization.id = claimed.organization_id
             WHERE notice_url IS NOT NULL""";
    private static final String DELIVERED = "DELETE FROM notice WHERE id = :id AND generation = :generation";
    private static final String FAILED = """
            UPDATE notice
               SET attempts = attempts + 1, last_error = :error, due_at = now() + :wait * interval '1 microsecond'
             WHERE id = :id AND generation = :generation""";

    private final DatabaseClient database;
    private final SecretCipher cipher;

    public NoticeRepository(Database database, SecretCipher cipher) {
        this.database = database.client();
        this.cipher = cipher;
    }

    /** Where an organization wants to be told; empty when it does not. */
    public Mono<NoticeTarget> target(long organizationId) {
        return database.sql(TARGET)
                .bind("organization", organizationId)
                .map(this::target)
                .one();
    }

    private NoticeTarget target(Readable row) {
        long organizationId = requireNonNull(row.get("id", Long.class));
        byte[] key = row.get("notice_key", byte[].class);
        return new NoticeTarget(
                requireNonNull(row.get("notice_url", String.class)),
                key == null ? null : cipher.decrypt(key, SealedNoticeKeys.OWNER + organizationId));
    }

    /** From now on the organization is told there. Empty when there is no such organization. */
    public Mono<NoticeTarget> setTarget(long organizationId, NoticeTarget target) {
        String key = target.key();
        GenericExecuteSpec set =
                database.sql(SET_TARGET).bind("organization", organizationId).bind("url", target.url());
        return (key == null
                        ? set.bindNull("key", byte[].class)
                        : set.bind("key", cipher.encrypt(key, SealedNoticeKeys.OWNER + organizationId)))
                .fetch()
                .one()
                .map(changed -> target);
    }

    /** The organization is told nothing any more. Repeating it changes nothing. */
    public Mono<Void> removeTarget(long organizationId) {
        return database.sql(NO_TARGET).bind("organization", organizationId).then();
    }

    /**
     * Claims what is due to be told.
     *
     * @param lease longer than telling takes
     * @param limit no more than can be told at once
     */
    public Flux<Notice> claim(Duration lease, int limit) {
        return database.sql(CLAIM)
                .bind("lease", lease.toNanos() / 1_000)
                .bind("limit", limit)
                .map(this::notice)
                .all();
    }

    private Notice notice(Readable row) {
        return new Notice(
                requireNonNull(row.get("notice_id", UUID.class)),
                requireNonNull(row.get("topic", String.class)),
                requireNonNull(row.get("message", String.class)),
                requireNonNull(row.get("created_at", Instant.class)),
                requireNonNull(row.get("attempts", Integer.class)),
                Duration.ofNanos(requireNonNull(row.get("age", Long.class)) * 1_000),
                requireNonNull(row.get("generation", Integer.class)),
                target(row));
    }

    /** It has been told. */
    public Mono<Void> delivered(Notice notice) {
        return guarded(DELIVERED, notice).then();
    }

    /**
     * It could not be told.
     *
     * @param error for people
     * @param wait until it is tried again, or null when that is given up
     */
    public Mono<Void> failed(Notice notice, String error, @Nullable Duration wait) {
        GenericExecuteSpec failed = guarded(FAILED, notice).bind("error", error);
        return (wait == null ? failed.bindNull("wait", Long.class) : failed.bind("wait", wait.toNanos() / 1_000))
                .then();
    }

    private GenericExecuteSpec guarded(String statement, Notice notice) {
        return database.sql(statement).bind("id", notice.id()).bind("generation", notice.generation());
    }
}
