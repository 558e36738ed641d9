package dev.sluice.persistence.instance;

import static dev.sluice.persistence.Fixture.PLANTED;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** An organization without any instance, again before each test. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class InstanceRig {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final long ELSEWHERE = 99;

    final Database database = TestDatabase.create();
    Account owner;
    InstanceRepository instances;
    private SecretCipher cipher;

    @BeforeAll
    void readKeys(@TempDir Path directory) {
        cipher = SecretCipher.readOrGenerate(directory.resolve("keyset.json"));
    }

    @BeforeEach
    void empty() {
        database.client().sql("TRUNCATE organization CASCADE").then().block(PATIENCE);
        owner = get(new AccountRepository(database).bootstrap("organization-" + PLANTED, "user-" + PLANTED));
        instances = new InstanceRepository(database, cipher);
    }

    @AfterAll
    void close() {
        database.close();
    }

    Instance create(String name, String... urls) {
        return get(instances.create(owner, "github", settings(name, urls)));
    }

    List<String> list(long organizationId, InstanceFilter filter) {
        return get(instances
                .list(organizationId, filter, null, 10)
                .map(Instance::name)
                .collectList());
    }

    static InstanceSettings settings(String name, String... urls) {
        return new InstanceSettings(
                name,
                List.of(name, "all"),
                Map.of("vendor.key", PLANTED, "github.organization", "octo"),
                Set.of("vendor.key"),
                List.of(urls).stream().map(Callback::to).toList());
    }

    static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }
}
