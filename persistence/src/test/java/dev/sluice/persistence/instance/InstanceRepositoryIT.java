package dev.sluice.persistence.instance;

import static dev.sluice.persistence.Fixture.PLANTED;
import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.TestDatabase;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.Endpoint.State;
import dev.sluice.persistence.secret.SecretCipher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@TestInstance(Lifecycle.PER_CLASS)
final class InstanceRepositoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long ELSEWHERE = 99;

    private final Database database = TestDatabase.create();
    private final SecretCipher cipher;
    private Account owner;
    private InstanceRepository instances;

    InstanceRepositoryIT(@TempDir Path directory) {
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

    @Test
    void readsBackWhatWasCreated() {
        Instance created = create("one", "https://a.example", "https://b.example");

        assertThat(created.id()).isBetween(1L, (1L << 53) - 1);
        assertThat(created.configuration())
                .containsOnly(Map.entry("vendor.key", PLANTED), Map.entry("github.organization", "octo"));
        assertThat(created.secretKeys()).containsExactly("vendor.key");
        assertThat(created.endpoints())
                .extracting(Endpoint::url)
                .containsExactly("https://a.example", "https://b.example");
        assertThat(created.activeEndpointIds()).hasSize(2);
        assertThat(get(instances.find(created.id()))).isEqualTo(created);
        assertThat(get(instances.findByToken(created.token()))).isEqualTo(created);
    }

    @Test
    void writesNoSecretInTheClear() {
        Instance created = create("one");

        assertThat(get(database.client()
                        .sql("SELECT i::text || encode(secrets, 'escape') AS all_of_it FROM instance i")
                        .map(row -> row.get("all_of_it", String.class))
                        .one()))
                .contains("octo")
                .doesNotContain(PLANTED, created.token());
        assertThat(created.toString()).doesNotContain(PLANTED, created.token());
    }

    @Test
    void isHiddenFromOtherOrganizations() {
        long id = create("one").id();

        assertThat(instances.find(ELSEWHERE, id).blockOptional(PATIENCE)).isEmpty();
        assertThat(instances.update(ELSEWHERE, id, unused -> settings("stolen")).blockOptional(PATIENCE))
                .isEmpty();
        assertThat(instances.setDisabled(ELSEWHERE, id, true).blockOptional(PATIENCE))
                .isEmpty();
        assertThat(instances.delete(ELSEWHERE, id).blockOptional(PATIENCE)).isEmpty();
        assertThat(list(ELSEWHERE, InstanceFilter.ALL)).isEmpty();
        assertThat(get(instances.find(owner.organizationId(), id)).name()).isEqualTo("one");
    }

    @Test
    void keepsAnEndpointsIdWhenItsUrlIsReplaced() {
        Instance before = create("one", "https://a.example", "https://b.example");

        Instance after = update(before, "https://b.example", "https://c.example", "https://d.example");

        assertThat(after.endpoints())
                .extracting(Endpoint::url)
                .containsExactly("https://b.example", "https://c.example", "https://d.example");
        assertThat(after.endpoints().get(0).id())
                .isEqualTo(before.endpoints().get(1).id());
        assertThat(after.endpoints().get(1).id())
                .isEqualTo(before.endpoints().get(0).id());
        assertThat(after.updatedAt()).isAfter(before.updatedAt());
    }

    @Test
    void forgetsEndpointsThatAreNoLongerConfigured() {
        Instance before = create("one", "https://a.example", "https://b.example");

        Instance after = update(before, "https://b.example");

        assertThat(after.endpoints()).hasSize(1);
        assertThat(after.endpoint(before.endpoints().get(0).id())).isEmpty();
        assertThat(endpointStates()).containsExactlyInAnyOrder("deleted", "active");
    }

    @Test
    void losesNoneOfManyChangesMadeAtOnce() {
        long id = create("one").id();

        Flux.range(0, 8)
                .flatMap(
                        number -> instances.update(owner.organizationId(), id, before -> with(before, "key." + number)),
                        8)
                .blockLast(PATIENCE);

        assertThat(get(instances.find(id)).configuration())
                .containsKeys("key.0", "key.1", "key.2", "key.3", "key.4", "key.5", "key.6", "key.7");
    }

    @Test
    void leavesEverythingAsItWasWhenTheChangeIsRefused() {
        Instance before = create("one", "https://a.example");

        assertThat(instances
                        .update(owner.organizationId(), before.id(), unused -> {
                            throw new IllegalArgumentException("refused");
                        })
                        .onErrorResume(IllegalArgumentException.class, refused -> Mono.empty())
                        .blockOptional(PATIENCE))
                .isEmpty();
        assertThat(get(instances.find(before.id()))).isEqualTo(before);
    }

    @Test
    void deactivatesAnEndpointOnlyAtTheUrlThatItIsAbout() {
        Instance instance = create("one", "https://a.example");
        long endpoint = instance.endpoints().get(0).id();
        EndpointRepository endpoints = new EndpointRepository(database);

        endpoints.deactivate(endpoint, "https://old.example", "410").block(PATIENCE);
        assertThat(get(instances.find(instance.id())).activeEndpointIds()).containsExactly(endpoint);

        endpoints.deactivate(endpoint, "https://a.example", "answered 410").block(PATIENCE);
        assertThat(get(instances.find(instance.id())).endpoints())
                .containsExactly(new Endpoint(endpoint, "https://a.example", 0, State.DEACTIVATED, "answered 410"));
        assertThat(get(instances.find(instance.id())).activeEndpointIds()).isEmpty();
        assertThat(get(instances.find(instance.id())).owedEndpointIds()).containsExactly(endpoint);
        assertThat(update(instance, "https://new.example").activeEndpointIds()).containsExactly(endpoint);
    }

    @Test
    void collectsMarksAndDisables() {
        long id = create("one").id();

        instances.mark(id, Set.of("WEBHOOK_REMOVED")).block(PATIENCE);
        instances.mark(id, Set.of("REAUTHENTICATION_NEEDED", "WEBHOOK_REMOVED")).block(PATIENCE);
        assertThat(get(instances.setDisabled(owner.organizationId(), id, true))).isEqualTo(id);

        Instance marked = get(instances.find(id));
        assertThat(marked.marks()).containsExactlyInAnyOrder("WEBHOOK_REMOVED", "REAUTHENTICATION_NEEDED");
        assertThat(marked.disabled()).isTrue();
    }

    @Test
    void isGoneOnceDeleted() {
        Instance instance = create("one", "https://a.example");

        assertThat(get(instances.delete(owner.organizationId(), instance.id()))).isEqualTo(instance.id());

        assertThat(instances.find(instance.id()).blockOptional(PATIENCE)).isEmpty();
        assertThat(instances.findByToken(instance.token()).blockOptional(PATIENCE))
                .isEmpty();
        assertThat(list(owner.organizationId(), InstanceFilter.ALL)).isEmpty();
        assertThat(endpointStates()).containsExactly("deleted");
        assertThat(instances.delete(owner.organizationId(), instance.id()).blockOptional(PATIENCE))
                .isEmpty();
    }

    @Test
    void listsPageByPageInOrderOfCreation() {
        List<Instance> created = List.of(create("one"), create("two"), create("three"));

        List<Instance> first = page(null);
        List<Instance> second = page(InstanceCursor.at(first.get(1)));

        assertThat(first).isEqualTo(created.subList(0, 2));
        assertThat(second).isEqualTo(created.subList(2, 3));
        assertThat(page(InstanceCursor.at(second.get(0)))).isEmpty();
    }

    @Test
    void listsWhatIsAskedFor() {
        create("Invoices");
        create("payments");

        assertThat(list(owner.organizationId(), new InstanceFilter(null, List.of(), "INVOICE")))
                .containsExactly("Invoices");
        assertThat(list(owner.organizationId(), new InstanceFilter(null, List.of("payments", "all"), null)))
                .containsExactly("payments");
        assertThat(list(owner.organizationId(), new InstanceFilter("github", List.of("all"), null)))
                .containsExactly("Invoices", "payments");
        assertThat(list(owner.organizationId(), new InstanceFilter("box", List.of(), null)))
                .isEmpty();
        assertThat(list(owner.organizationId(), new InstanceFilter(null, List.of(), "%")))
                .isEmpty();
    }

    @Test
    void findsWhatFewOfManyInstancesHave() {
        create("first");
        fill(4_000);
        create("Needle");
        create("second Needle", "https://a.example");

        assertThat(searched("needle")).containsExactly("Needle", "second Needle");
        assertThat(searched("EEDL")).containsExactly("Needle", "second Needle");
        assertThat(searched("dl")).containsExactly("Needle", "second Needle");
        assertThat(searched("N")).containsExactly("Needle", "second Needle");
        assertThat(searched("d n")).containsExactly("second Needle");
        assertThat(searched("needles")).isEmpty();
        assertThat(searched("first")).containsExactly("first");
        assertThat(list(owner.organizationId(), new InstanceFilter("github", List.of("all", "Needle"), null)))
                .containsExactly("Needle");
        assertThat(list(owner.organizationId(), new InstanceFilter("box", List.of("Needle"), null)))
                .isEmpty();
        assertThat(list(ELSEWHERE, new InstanceFilter(null, List.of(), "needle")))
                .isEmpty();
    }

    @Test
    void goesFromPageToPageOfWhatItSearches() {
        IntStream.range(0, 5).forEach(number -> create((number % 2 == 0 ? "even " : "odd ") + number));

        InstanceFilter even = new InstanceFilter(null, List.of(), "even");
        List<Instance> first =
                get(instances.list(owner.organizationId(), even, null, 2).collectList());
        List<Instance> rest = get(instances
                .list(owner.organizationId(), even, InstanceCursor.at(first.get(1)), 2)
                .collectList());

        assertThat(first).extracting(Instance::name).containsExactly("even 0", "even 2");
        assertThat(rest).extracting(Instance::name).containsExactly("even 4");
    }

    private List<String> searched(String text) {
        return list(owner.organizationId(), new InstanceFilter(null, List.of(), text));
    }

    /** Instances that nothing is looked for in: whoever read one would fail. */
    private void fill(int number) {
        execute(database, """
                INSERT INTO instance (id, organization_id, user_id, element_key, name, tags, configuration, secrets,
                                      token_hash)
                SELECT -n, 1, 1, 'github', 'ballast', ARRAY['all'], '{}', 'unreadable', int8send(n)
                  FROM generate_series(1, %d) AS n""".formatted(number));
    }

    private Instance create(String name, String... urls) {
        return get(instances.create(owner, "github", settings(name, urls)));
    }

    private Instance update(Instance instance, String... urls) {
        return get(instances.update(owner.organizationId(), instance.id(), before -> settings(before.name(), urls)));
    }

    private List<Instance> page(@Nullable InstanceCursor after) {
        return get(instances
                .list(owner.organizationId(), InstanceFilter.ALL, after, 2)
                .collectList());
    }

    private List<String> list(long organizationId, InstanceFilter filter) {
        return get(instances
                .list(organizationId, filter, null, 10)
                .map(Instance::name)
                .collectList());
    }

    private List<String> endpointStates() {
        return get(database.client()
                .sql("SELECT state FROM endpoint")
                .map(row -> Objects.requireNonNull(row.get("state", String.class)))
                .all()
                .collectList());
    }

    private static InstanceSettings settings(String name, String... urls) {
        return new InstanceSettings(
                name,
                List.of(name, "all"),
                Map.of("vendor.key", PLANTED, "github.organization", "octo"),
                Set.of("vendor.key"),
                List.of(urls).stream().map(Callback::to).toList());
    }

    private static InstanceSettings with(Instance before, String key) {
        Map<String, String> configuration = new HashMap<>(before.configuration());
        configuration.put(key, "set");
        return new InstanceSettings(before.name(), before.tags(), configuration, before.secretKeys(), List.of());
    }

    private static <T> T get(Mono<T> mono) {
        return Objects.requireNonNull(mono.block(PATIENCE));
    }
}
