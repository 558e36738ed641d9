package dev.sluice.persistence.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.Fixture;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartsTest {
    @Test
    void putsTheItemsOfEachObjectTogetherInTheirOrder() {
        List<EventItem> items = items("a", "b", "a", "c", "b", "a");

        assertThat(Parts.byObject(items))
                .containsExactly(
                        List.of(items.get(0), items.get(2), items.get(5)),
                        List.of(items.get(1), items.get(4)),
                        List.of(items.get(3)));
    }

    @Test
    void makesSeveralPartsOfAnObjectWithMoreItemsThanOneTakes() {
        List<EventItem> items = items(
                IntStream.range(0, 41).mapToObj(i -> i == 7 ? "other" : "much").toArray(String[]::new));

        assertThat(Parts.byObject(items)).extracting(List::size).containsExactly(20, 20, 1);
        List<Long> keys = Parts.orderKeys(items);
        assertThat(keys).hasSize(3);
        assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
    }

    @Test
    void givesOneLineToAnObjectWhateverElseIsInItsEvent() {
        assertThat(Parts.orderKeys(items("x", "a")).get(1))
                .isEqualTo(Parts.orderKeys(items("a")).get(0));
        assertThat(Parts.orderKeys(List.of(new EventItem(
                        "pus",
                        "ha",
                        "UPDATED",
                        Fixture.item("a").date(),
                        Fixture.item("a").attributes()))))
                .isNotEqualTo(Parts.orderKeys(items("a")));
    }

    @Test
    void hasALineForEachPartOfAnyItems() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<EventItem> items =
                random.ints(500, 0, 30).mapToObj(id -> Fixture.item("id-" + id)).toList();

        List<List<EventItem>> parts = Parts.byObject(items);

        assertThat(Parts.orderKeys(items)).as("seed %d", seed).hasSameSizeAs(parts);
        assertThat(parts.stream().flatMap(List::stream)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(items);
        assertThat(parts)
                .as("seed %d", seed)
                .allMatch(part -> part.size() <= EventDraft.ITEMS_PER_PART
                        && part.stream().map(EventItem::objectId).distinct().count() == 1);
    }

    @Test
    void hasNoLinesForMoreObjectsThanPartsAreCounted() {
        List<EventItem> many = items(IntStream.rangeClosed(0, Parts.OBJECTS_MAX)
                .mapToObj(String::valueOf)
                .toArray(String[]::new));

        assertThat(Parts.orderKeys(many)).isEmpty();
        assertThat(Parts.orderKeys(many.subList(1, many.size()))).hasSize(Parts.OBJECTS_MAX);
    }

    private static List<EventItem> items(String... objectIds) {
        return List.of(objectIds).stream().map(Fixture::item).toList();
    }
}
