package dev.sluice.persistence.notification;

import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.notification.SubscriptionPage.Place;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds an organization's subscriptions. */
public final class SubscriptionRepository {
    /** Instances without a callback are in the way of those with one: so many are looked at for each that is asked for. */
    private static final int EXAMINED_FOR_ONE = 3;

    private static final int EXAMINED_MIN = 500;

    private static final String FIND = """
            SELECT endpoint.id, endpoint.instance_id, element_key, url, state, state_reason, disabled,
                   instance.created_at AS instance_created_at, endpoint.created_at, endpoint.changed_at
              FROM endpoint JOIN instance ON instance.id = endpoint.instance_id
             WHERE endpoint.id = ANY (:ids) AND endpoint.state <> 'deleted'
               AND instance.organization_id = :organization AND deleted_at IS NULL
               AND configuration ->> :enabled = 'true'""";

    /** By {@code instance_of_organization}, then {@code endpoint_of_instance}. */
    private static final String PAGE = """
            WITH candidate AS MATERIALIZED (
                SELECT id, created_at, element_key, disabled, configuration ->> :enabled = 'true' AS enabled FROM instance
                 WHERE organization_id = :organization AND deleted_at IS NULL
                   AND (created_at, id) >= (:instanceCreatedAt, :instance)
                 ORDER BY created_at, id LIMIT :examined),
            cut AS (
                SELECT created_at, id FROM candidate ORDER BY created_at DESC, id DESC
                 LIMIT (SELECT CASE WHEN count(*) = :examined THEN 1 ELSE 0 END FROM candidate)),
            found AS (
                SELECT endpoint.id, endpoint.instance_id, element_key, url, state, state_reason, disabled,
                       candidate.created_at AS instance_created_at, endpoint.created_at, endpoint.changed_at
                  FROM candidate JOIN endpoint ON endpoint.instance_id = candidate.id
                 WHERE candidate.enabled AND endpoint.state <> 'deleted'
                   AND (candidate.created_at, candidate.id, endpoint.id) > (:instanceCreatedAt, :instance, :endpoint)
                 ORDER BY candidate.created_at, candidate.id, endpoint.id LIMIT :limit)
            SELECT found.*, cut.created_at AS cut_created_at, cut.id AS cut_id
              FROM (SELECT 1) AS always LEFT JOIN cut ON true LEFT JOIN found ON true
             ORDER BY instance_created_at, instance_id, found.id""";

    /** By {@code endpoint_by_url}, which has their order; an organization may have one URL a hundred thousand times. */
    private static final String BY_URL = """
            SELECT endpoint.id, endpoint.instance_id, element_key, url, state, state_reason, disabled,
                   instance_created_at, endpoint.created_at, endpoint.changed_at
              FROM endpoint
             CROSS JOIN LATERAL (
                   SELECT element_key, disabled, created_at AS instance_created_at FROM instance
                    WHERE instance.id = endpoint.instance_id AND organization_id = :organization
                      AND deleted_at IS NULL AND configuration ->> :enabled = 'true' LIMIT 1) AS instance
             WHERE md5(url) = md5(:url) AND url = :url AND endpoint.id > :after AND endpoint.state <> 'deleted'
             ORDER BY endpoint.id LIMIT :limit""";

    /** By {@code endpoint_by_url}. */
    private static final String INSTANCES_BY_URL = """
            SELECT instance_id FROM endpoint JOIN instance ON instance.id = endpoint.instance_id
             WHERE md5(url) = md5(:url) AND url = :url
               AND instance.organization_id = :organization AND deleted_at IS NULL
             LIMIT :limit""";

    private final DatabaseClient database;
    private final String enabledKey;

    /** @param enabledKey the configuration key that is {@code true} where an instance's events are switched on */
    public SubscriptionRepository(Database database, String enabledKey) {
        this.database = database.client();
        this.enabledKey = enabledKey;
    }

    /** Those of the ids that are the organization's subscriptions, by {@code endpoint}'s key; at most 200 are asked for. */
    public Flux<Subscription> findAll(long organizationId, Collection<Long> ids) {
        return database.sql(FIND)
                .bind("organization", organizationId)
                .bind("ids", ids.toArray(Long[]::new))
                .bind("enabled", enabledKey)
                .map(Subscription::read)
                .all();
    }

    /**
     * A part of the list of all of an organization's subscriptions. It looks at a bounded number of instances, so it may be
     * short where few of them have callbacks.
     *
     * @param after where the previous part ended
     * @param size at least 1
     */
    public Mono<SubscriptionPage> page(long organizationId, Place after, int size) {
        return database.sql(PAGE)
                .bind("organization", organizationId)
                .bind("enabled", enabledKey)
                .bind("instanceCreatedAt", after.instanceCreatedAt())
                .bind("instance", after.instanceId())
                .bind("endpoint", after.endpointId())
                .bind("examined", Math.max(EXAMINED_MIN, EXAMINED_FOR_ONE * (size + 1)))
                .bind("limit", size + 1)
                .map(Line::of)
                .all()
                .collectList()
                .map(lines -> page(lines, size));
    }

    private static SubscriptionPage page(List<Line> lines, int size) {
        List<Subscription> found =
                lines.stream().map(Line::subscription).filter(Objects::nonNull).toList();
        if (found.size() > size) {
            List<Subscription> shown = found.subList(0, size);
            return new SubscriptionPage(shown, Place.of(shown.get(size - 1)));
        }
        return new SubscriptionPage(found, lines.get(0).cut());
    }

    /**
     * An organization's subscriptions of that URL, by id.
     *
     * @param after only ids above this one; 0 to begin
     */
    public Flux<Subscription> byUrl(long organizationId, String url, long after, int limit) {
        return database.sql(BY_URL)
                .bind("organization", organizationId)
                .bind("url", url)
                .bind("after", after)
                .bind("enabled", enabledKey)
                .bind("limit", limit)
                .map(Subscription::read)
                .all();
    }

    /**
     * The instances of an organization's endpoints that have this URL, or had it when they were deleted.
     *
     * @param limit the most endpoints; an instance that has several counts as often
     */
    public Flux<Long> instancesByUrl(long organizationId, String url, int limit) {
        return database.sql(INSTANCES_BY_URL)
                .bind("organization", organizationId)
                .bind("url", url)
                .bind("limit", limit)
                .map(row -> Objects.requireNonNull(row.get("instance_id", Long.class)))
                .all();
    }

    /** A row of an answer: a subscription, or none when nothing was found. */
    private record Line(
            @Nullable Subscription subscription, @Nullable Place cut) {
        static Line of(Readable row) {
            Long cutId = row.get("cut_id", Long.class);
            Place cut = cutId == null
                    ? null
                    : new Place(
                            Objects.requireNonNull(row.get("cut_created_at", Instant.class)), cutId, Long.MAX_VALUE);
            return new Line(row.get("id", Long.class) == null ? null : Subscription.read(row), cut);
        }
    }
}
