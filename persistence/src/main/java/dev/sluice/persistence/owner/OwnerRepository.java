package dev.sluice.persistence.owner;

import static java.util.Objects.requireNonNull;

import dev.sluice.persistence.connection.Database;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the shared webhook URL finds instances by. Each question costs by its answer, however many instances there are. */
public final class OwnerRepository {
    private static final String REPLACE = """
            WITH wanted AS (
                SELECT rule, value FROM unnest(CAST(:rules AS text[]), CAST(:values AS text[])) AS term(rule, value)),
            gone AS (
                DELETE FROM instance_owner o
                 WHERE o.instance_id = :id
                   AND NOT EXISTS (SELECT FROM wanted WHERE wanted.rule = o.rule AND wanted.value = o.value))
            INSERT INTO instance_owner (instance_id, element_key, rule, value)
            SELECT :id, :element, rule, value FROM wanted
                ON CONFLICT DO NOTHING""";
    private static final String FIND = """
            SELECT found.instance_id
              FROM unnest(CAST(:rules AS text[]), CAST(:values AS text[])) AS term(rule, value)
             CROSS JOIN LATERAL (
                   SELECT instance_id, added FROM instance_owner o
                    WHERE o.element_key = :element AND o.rule = term.rule AND o.value = term.value
                    ORDER BY o.added
                    LIMIT :limit) found
             GROUP BY found.instance_id
             ORDER BY min(found.added)
             LIMIT :limit""";
    /** From one rule to the next in the index: there are few of them, and many instances to each. */
    private static final String RULES = """
            WITH RECURSIVE known(rule) AS (
                (SELECT rule FROM instance_owner WHERE element_key = :element ORDER BY rule LIMIT 1)
                UNION ALL
                SELECT (SELECT o.rule FROM instance_owner o
                         WHERE o.element_key = :element AND o.rule > known.rule
                         ORDER BY o.rule LIMIT 1)
                  FROM known WHERE known.rule IS NOT NULL)
            SELECT rule FROM known WHERE rule IS NOT NULL LIMIT :limit""";

    private final DatabaseClient database;

    public OwnerRepository(Database database) {
        this.database = database.client();
    }

    /** Makes these the instance's terms, within the caller's transaction. */
    public Mono<Void> replace(long instanceId, String elementKey, Collection<OwnerTerm> terms) {
        return database.sql(REPLACE)
                .bind("id", instanceId)
                .bind("element", elementKey)
                .bind("rules", column(terms, OwnerTerm::rule))
                .bind("values", column(terms, OwnerTerm::value))
                .then();
    }

    /**
     * The ids of the element's instances that have one of these terms, each once, those first that have had theirs longest.
     *
     * @param limit at most that many, 1 or more
     */
    public Flux<Long> find(String elementKey, Collection<OwnerTerm> terms, int limit) {
        return database.sql(FIND)
                .bind("element", elementKey)
                .bind("rules", column(terms, OwnerTerm::rule))
                .bind("values", column(terms, OwnerTerm::value))
                .bind("limit", limit)
                .map(row -> requireNonNull(row.get("instance_id", Long.class)))
                .all();
    }

    /**
     * The rules by which any of the element's instances is found, each once.
     *
     * @param limit at most that many, 1 or more
     */
    public Mono<List<String>> rules(String elementKey, int limit) {
        return database.sql(RULES)
                .bind("element", elementKey)
                .bind("limit", limit)
                .map(row -> requireNonNull(row.get("rule", String.class)))
                .all()
                .collectList();
    }

    private static String[] column(Collection<OwnerTerm> terms, Function<OwnerTerm, String> part) {
        return terms.stream().map(part).toArray(String[]::new);
    }
}
