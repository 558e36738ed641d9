package dev.sluice.persistence.instance;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;

/**
 * An organization's instances in lists and numbers. Each kind of filter has its statement and its index: one statement for
 * all of them would have to be planned for the worst.
 */
final class InstanceLists {
    /** By {@code instance_of_organization}: a page costs the same wherever in the list it is. */
    private static final String PAGE = """
            SELECT * FROM live_instance
             WHERE organization_id = :organization
               AND (created_at, id) > (:afterTime, :afterId)
             ORDER BY created_at, id
             LIMIT :limit""";

    /** By {@code instance_of_element}. */
    private static final String PAGE_OF_ELEMENT = """
            SELECT * FROM live_instance
             WHERE organization_id = :organization
               AND element_key = :element
               AND (created_at, id) > (:afterTime, :afterId)
             ORDER BY created_at, id
             LIMIT :limit""";

    /**
     * Looks at one instance after the other, by {@code instance_of_organization}, and finds a whole page of what many
     * instances have soon; where it has looked at enough before, it finds nothing.
     */
    private static final String FREQUENT = """
            WITH matching AS MATERIALIZED (
                SELECT id, created_at
                  FROM (SELECT id, created_at, name, tags, element_key FROM instance
                         WHERE organization_id = :organization AND deleted_at IS NULL
                           AND (created_at, id) > (:afterTime, :afterId)
                         ORDER BY created_at, id LIMIT :examined) AS candidate
                 WHERE tags @> CAST(:tags AS text[])
                   AND :element IN ('', element_key)
                   AND (:text = '' OR strpos(lower(name), lower(:text)) > 0 OR strpos(element_key, lower(:text)) > 0
                        OR EXISTS (SELECT FROM unnest(tags) tag WHERE strpos(lower(tag), lower(:text)) > 0))
                 ORDER BY created_at, id LIMIT :limit)
            SELECT live_instance.*
              FROM matching JOIN live_instance ON live_instance.id = matching.id
             WHERE (SELECT count(*) FROM matching) = :limit
             ORDER BY matching.created_at, matching.id""";

    /** By {@code instance_by_term}, then in order: what few instances have. */
    private static final String RARE = """
            WITH candidate AS MATERIALIZED (
                SELECT id, created_at, name, tags, element_key FROM instance
                 WHERE deleted_at IS NULL
                   AND instance_terms(organization_id, name, tags, element_key)
                       @> (tag_terms(:organization, :tags) || text_terms(:organization, :text))),
            matching AS MATERIALIZED (
                SELECT id, created_at FROM candidate
                 WHERE (created_at, id) > (:afterTime, :afterId)
                   AND :element IN ('', element_key)
                   AND (:text = '' OR strpos(lower(name), lower(:text)) > 0 OR strpos(element_key, lower(:text)) > 0
                        OR EXISTS (SELECT FROM unnest(tags) tag WHERE strpos(lower(tag), lower(:text)) > 0))
                 ORDER BY created_at, id LIMIT :limit)
            SELECT live_instance.*
              FROM matching JOIN live_instance ON live_instance.id = matching.id
             ORDER BY matching.created_at, matching.id""";

    private static final String COUNT_BY_ELEMENT = """
            SELECT element_key, count(*) AS instances
              FROM instance
             WHERE organization_id = :organization AND deleted_at IS NULL
             GROUP BY element_key
             ORDER BY element_key""";

    /** A few milliseconds of work. */
    private static final int EXAMINED_MAX = 3_000;

    private final DatabaseClient database;
    private final InstanceRow rows;

    InstanceLists(DatabaseClient database, InstanceRow rows) {
        this.database = database;
        this.rows = rows;
    }

    Flux<Instance> page(long organizationId, InstanceFilter filter, @Nullable InstanceCursor after, int limit) {
        if (!filter.searches()) {
            return found(inOrder(filter), organizationId, after, limit);
        }
        return found(filtered(FREQUENT, filter).bind("examined", EXAMINED_MAX), organizationId, after, limit)
                .switchIfEmpty(found(filtered(RARE, filter), organizationId, after, limit));
    }

    private Flux<Instance> found(
            GenericExecuteSpec statement, long organizationId, @Nullable InstanceCursor after, int limit) {
        return statement
                .bind("organization", organizationId)
                .bind("afterTime", after == null ? Instant.EPOCH : after.createdAt())
                .bind("afterId", after == null ? 0 : after.id())
                .bind("limit", limit)
                .map(rows::read)
                .all();
    }

    private GenericExecuteSpec inOrder(InstanceFilter filter) {
        String element = filter.elementKey();
        return element == null
                ? database.sql(PAGE)
                : database.sql(PAGE_OF_ELEMENT).bind("element", element);
    }

    private GenericExecuteSpec filtered(String statement, InstanceFilter filter) {
        return database.sql(statement)
                .bind("tags", filter.tags().toArray(String[]::new))
                .bind("element", Objects.requireNonNullElse(filter.elementKey(), ""))
                .bind("text", Objects.requireNonNullElse(filter.searchText(), ""));
    }

    Flux<ElementCount> countByElement(long organizationId) {
        return database.sql(COUNT_BY_ELEMENT)
                .bind("organization", organizationId)
                .map(ElementCount::read)
                .all();
    }
}
