package dev.sluice.persistence.instance;

import java.time.Instant;
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

    /** By {@code instance_by_tag} where the tags are rare, by {@code instance_of_organization} where they are not. */
    private static final String PAGE_OF_TAGS = """
            SELECT * FROM live_instance
             WHERE organization_id = :organization
               AND tags @> CAST(:tags AS text[])
               AND :element IN ('', element_key)
               AND (created_at, id) > (:afterTime, :afterId)
             ORDER BY created_at, id
             LIMIT :limit""";

    /** Looks at one instance after the other until the page is full. */
    private static final String PAGE_OF_TEXT = """
            SELECT * FROM live_instance
             WHERE organization_id = :organization
               AND tags @> CAST(:tags AS text[])
               AND :element IN ('', element_key)
               AND (created_at, id) > (:afterTime, :afterId)
               AND (strpos(lower(name), lower(:text)) > 0
                    OR strpos(element_key, lower(:text)) > 0
                    OR EXISTS (SELECT FROM unnest(tags) tag WHERE strpos(lower(tag), lower(:text)) > 0))
             ORDER BY created_at, id
             LIMIT :limit""";

    private static final String COUNT_BY_ELEMENT = """
            SELECT element_key, count(*) AS instances
              FROM instance
             WHERE organization_id = :organization AND deleted_at IS NULL
             GROUP BY element_key
             ORDER BY element_key""";

    private final DatabaseClient database;
    private final InstanceRow rows;

    InstanceLists(DatabaseClient database, InstanceRow rows) {
        this.database = database;
        this.rows = rows;
    }

    Flux<Instance> page(long organizationId, InstanceFilter filter, @Nullable InstanceCursor after, int limit) {
        return filtered(filter)
                .bind("organization", organizationId)
                .bind("afterTime", after == null ? Instant.EPOCH : after.createdAt())
                .bind("afterId", after == null ? 0 : after.id())
                .bind("limit", limit)
                .map(rows::read)
                .all();
    }

    private GenericExecuteSpec filtered(InstanceFilter filter) {
        String element = filter.elementKey();
        String text = filter.searchText();
        if (text != null) {
            return tagged(PAGE_OF_TEXT, filter).bind("text", text);
        }
        if (!filter.tags().isEmpty()) {
            return tagged(PAGE_OF_TAGS, filter);
        }
        return element == null
                ? database.sql(PAGE)
                : database.sql(PAGE_OF_ELEMENT).bind("element", element);
    }

    private GenericExecuteSpec tagged(String statement, InstanceFilter filter) {
        String element = filter.elementKey();
        return database.sql(statement)
                .bind("tags", filter.tags().toArray(String[]::new))
                .bind("element", element == null ? "" : element);
    }

    Flux<ElementCount> countByElement(long organizationId) {
        return database.sql(COUNT_BY_ELEMENT)
                .bind("organization", organizationId)
                .map(ElementCount::read)
                .all();
    }
}
