package dev.sluice.persistence.instance;

import static dev.sluice.persistence.Fixture.execute;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class InstanceListsIT extends InstanceRig {
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

    private List<Instance> page(@Nullable InstanceCursor after) {
        return get(instances
                .list(owner.organizationId(), InstanceFilter.ALL, after, 2)
                .collectList());
    }
}
