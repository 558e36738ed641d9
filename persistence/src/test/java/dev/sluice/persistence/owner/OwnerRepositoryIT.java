package dev.sluice.persistence.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
final class OwnerRepositoryIT {
    private static final String ELEMENT = "github";
    private static final String MANY = """
            WITH made AS (
                INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration, secrets, token_hash)
                SELECT n, :organization, :user, 'github', 'n', '{}', '{}', '', decode(md5(n::text), 'hex')
                  FROM generate_series(1, 20000) n
                RETURNING id)
            INSERT INTO instance_owner (instance_id, element_key, rule, value)
            SELECT id, 'github', rule, CASE rule WHEN 'repository' THEN 'r' || id ELSE 'acme' END
              FROM made, unnest(ARRAY['repository', 'organization']) rule ORDER BY id""";

    private static final String ROWS_READ = """
            SELECT (seq_tup_read + idx_tup_fetch
                    + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'instance_owner'))::bigint
              FROM pg_stat_user_tables WHERE relname = 'instance_owner'""";

    private final Database database = TestDatabase.create();

    /** One connection, so that what it read is counted before it asks for the count. */
    private final Database single = new Database(database.address(), 1);

    private final OwnerRepository owners = new OwnerRepository(single);
    private final InstanceRepository instances;
    private Account owner;

    OwnerRepositoryIT(@TempDir Path directory) {
        SecretCipher cipher = SecretCipher.readOrGenerate(directory.resolve("keyset.json"));
        instances = new InstanceRepository(database, cipher, (elementKey, configuration) -> {
            Set<OwnerTerm> terms = new HashSet<>();
            configuration.forEach((rule, values) ->
                    Arrays.stream(values.split(",")).forEach(value -> terms.add(new OwnerTerm(rule, value))));
            return terms;
        });
    }

    @BeforeEach
    void empty() {
        Fixture.execute(database, "TRUNCATE organization CASCADE");
        owner = Fixture.await(new AccountRepository(database).bootstrap("organization", "user"));
    }

    @AfterAll
    void close() {
        single.close();
        database.close();
    }

    @Test
    void findsByEachValueInTheOrderOfCreation() {
        long first = create(Map.of("organization", "acme,octo"));
        long second = create(Map.of("organization", "acme"));

        assertThat(find(10, "organization", "acme")).containsExactly(first, second);
        assertThat(find(1, "organization", "acme")).containsExactly(first);
        assertThat(find(10, "organization", "octo", "organization", "acme")).containsExactly(first, second);
        assertThat(find(10, "organization", "ACME")).isEmpty();
        assertThat(find(10, "repository", "acme")).isEmpty();
        assertThat(find(10)).isEmpty();
        assertThat(Fixture.await(owners.find("box", List.of(new OwnerTerm("organization", "acme")), 10)
                        .collectList()))
                .isEmpty();
    }

    @Test
    void followsChangesAndKeepsItsPlaceInTheQueue() {
        long first = create(Map.of("organization", "acme,octo"));
        long second = create(Map.of("organization", "acme"));

        Fixture.await(instances.update(
                owner.organizationId(), first, before -> settings(Map.of("organization", "acme,hub"))));

        assertThat(find(10, "organization", "octo")).isEmpty();
        assertThat(find(10, "organization", "hub")).containsExactly(first);
        assertThat(find(10, "organization", "acme")).containsExactly(first, second);
    }

    @Test
    void findsByWhatThePlatformFillsIn() {
        long id = create(Map.of("organization", "acme"));

        Fixture.await(instances.configure(id, before -> Map.of("organization", "acme", "user", "7"), Set.of()));

        assertThat(find(10, "user", "7")).containsExactly(id);
        assertThat(find(10, "organization", "acme")).containsExactly(id);
    }

    @Test
    void findsNoDeletedInstance() {
        long gone = create(Map.of("organization", "acme"));

        Fixture.await(instances.delete(owner.organizationId(), gone));

        assertThat(find(10, "organization", "acme")).isEmpty();
        assertThat(Fixture.await(owners.rules(ELEMENT, 10))).isEmpty();
    }

    @Test
    void storesNoSecretInTheClear() {
        create(Map.of("organization", "acme", "secret", Fixture.PLANTED));

        assertThat(Fixture.await(owners.rules(ELEMENT, 10))).containsExactly("organization");
    }

    @Test
    void listsEachRuleOnce() {
        create(Map.of("organization", "acme", "a|b.c", "x,y"));
        create(Map.of("organization", "octo", "repository", "shop"));

        assertThat(Fixture.await(owners.rules(ELEMENT, 10))).containsExactly("a|b.c", "organization", "repository");
        assertThat(Fixture.await(owners.rules(ELEMENT, 2))).containsExactly("a|b.c", "organization");
        assertThat(Fixture.await(owners.rules("box", 10))).isEmpty();
    }

    @Test
    void readsNoMoreOfTwentyThousandInstancesThanItAnswers() {
        database.client()
                .sql(MANY)
                .bind("organization", owner.organizationId())
                .bind("user", owner.userId())
                .then()
                .block(Fixture.PATIENCE);

        long before = rowsRead();
        assertThat(find(10, "repository", "r4711")).containsExactly(4711L);
        assertThat(find(100, "organization", "acme")).hasSize(100).startsWith(1L, 2L);
        assertThat(Fixture.await(owners.rules(ELEMENT, 10))).containsExactly("organization", "repository");

        assertThat(rowsRead() - before).isLessThan(500);
    }

    /** Counted by PostgreSQL, in index and table. */
    private long rowsRead() {
        Fixture.execute(single, "SELECT pg_stat_force_next_flush()");
        return Fixture.count(single, ROWS_READ);
    }

    private long create(Map<String, String> configuration) {
        return Fixture.await(instances.create(owner, ELEMENT, settings(configuration)))
                .id();
    }

    private static InstanceSettings settings(Map<String, String> configuration) {
        return new InstanceSettings("one", List.of(), configuration, Set.of("secret"), List.of());
    }

    private List<Long> find(int limit, String... rulesAndValues) {
        List<OwnerTerm> terms = new ArrayList<>();
        for (int i = 0; i < rulesAndValues.length; i += 2) {
            terms.add(new OwnerTerm(rulesAndValues[i], rulesAndValues[i + 1]));
        }
        return Fixture.await(owners.find(ELEMENT, terms, limit).collectList());
    }
}
