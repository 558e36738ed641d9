package dev.sluice.persistence.instance;

import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** What an instance's owner has to do: a set of words in its row. A change of it tells all nodes. */
final class InstanceMarks {
    private static final String ADD = """
            WITH marked AS (
                UPDATE instance
                   SET marks = ARRAY(SELECT DISTINCT unnest(marks || CAST(:marks AS text[])) ORDER BY 1),
                       updated_at = now()
                 WHERE id = :id AND deleted_at IS NULL AND NOT marks @> CAST(:marks AS text[])
                RETURNING id),
            looked_after AS (
                UPDATE provider_hook SET due_at = now() FROM marked WHERE provider_hook.instance_id = marked.id)
            SELECT pg_notify('sluice_instance', id::text) FROM marked""";
    private static final String REMOVE = """
            WITH unmarked AS (
                UPDATE instance
                   SET marks = ARRAY(SELECT mark FROM unnest(marks) AS mark
                                      WHERE mark <> ALL (CAST(:marks AS text[])) ORDER BY 1),
                       updated_at = now()
                 WHERE id = :id AND deleted_at IS NULL AND marks && CAST(:marks AS text[])
                RETURNING id)
            SELECT pg_notify('sluice_instance', id::text) FROM unmarked""";

    private final DatabaseClient database;

    InstanceMarks(DatabaseClient database) {
        this.database = database;
    }

    Mono<Void> add(long id, Set<String> marks) {
        return change(ADD, id, marks);
    }

    Mono<Void> remove(long id, Set<String> marks) {
        return change(REMOVE, id, marks);
    }

    private Mono<Void> change(String statement, long id, Set<String> marks) {
        return database.sql(statement)
                .bind("id", id)
                .bind("marks", marks.toArray(String[]::new))
                .then();
    }
}
