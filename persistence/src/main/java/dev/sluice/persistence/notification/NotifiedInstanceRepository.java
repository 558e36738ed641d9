package dev.sluice.persistence.notification;

import dev.sluice.persistence.connection.Database;
import java.util.Collection;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

/** Finds the instances of many notifications at once. */
public final class NotifiedInstanceRepository {
    private static final String FIND = """
            SELECT id, organization_id, user_id, element_key, name, tags FROM instance
             WHERE id = ANY (:ids) AND organization_id = :organization AND deleted_at IS NULL""";

    private final DatabaseClient database;

    public NotifiedInstanceRepository(Database database) {
        this.database = database.client();
    }

    /** Those of the ids that are the organization's instances, by their key; at most 200 are asked for. */
    public Flux<NotifiedInstance> findAll(long organizationId, Collection<Long> ids) {
        return database.sql(FIND)
                .bind("organization", organizationId)
                .bind("ids", ids.toArray(Long[]::new))
                .map(NotifiedInstance::read)
                .all();
    }
}
