package dev.sluice.persistence.instance;

import static dev.sluice.persistence.Fixture.PLANTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.instance.Endpoint.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

final class InstanceRepositoryIT extends InstanceRig {
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

    private Instance update(Instance instance, String... urls) {
        return get(instances.update(owner.organizationId(), instance.id(), before -> settings(before.name(), urls)));
    }

    private List<String> endpointStates() {
        return get(database.client()
                .sql("SELECT state FROM endpoint")
                .map(row -> Objects.requireNonNull(row.get("state", String.class)))
                .all()
                .collectList());
    }

    private static InstanceSettings with(Instance before, String key) {
        Map<String, String> configuration = new HashMap<>(before.configuration());
        configuration.put(key, "set");
        return new InstanceSettings(before.name(), before.tags(), configuration, before.secretKeys(), List.of());
    }
}
