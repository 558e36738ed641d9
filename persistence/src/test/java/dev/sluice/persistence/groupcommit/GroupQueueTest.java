package dev.sluice.persistence.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class GroupQueueTest {
    private static final int GROUP_MAX = 4;

    private final GroupQueue<String, Void> queue =
            new GroupQueue<>(new GroupLimits(GROUP_MAX, 100, 10, Duration.ofSeconds(1), Duration.ZERO));
    private final List<List<String>> first = new ArrayList<>();
    private final List<List<String>> second = new ArrayList<>();

    @Test
    void letsTheNextGatherWhileOneIsBeingCommitted() {
        take(first);
        take(second);

        add("a");
        add("b");
        add("c");

        assertThat(first).containsExactly(List.of("a"));
        assertThat(second).isEmpty();

        queue.ended(true);
        take(first);
        assertThat(first).containsExactly(List.of("a"), List.of("b", "c"));
        assertThat(second).isEmpty();
    }

    @Test
    void wakesAnotherWriterForAFullGroup() {
        take(first);
        take(second);

        List.of("a", "b", "c", "d").forEach(this::add);
        assertThat(second).isEmpty();
        add("e");

        assertThat(second).containsExactly(List.of("b", "c", "d", "e"));
    }

    @Test
    void givesWhatGatheredToAnotherWhenAWriterIsGone() {
        take(first);
        take(second);
        add("a");
        add("b");

        queue.ended(false);

        assertThat(second).containsExactly(List.of("b"));
    }

    @Test
    void wakesAnotherWriterWhenTheFirstWaitsForLong() {
        take(first);
        take(second);
        add("a");
        Member<String, Void> old = member("b");
        await().until(() -> old.ageNanos() > Duration.ofMillis(60).toNanos());

        queue.add(old);

        assertThat(second).containsExactly(List.of("b"));
    }

    @Test
    void failsWhoeverComesWhenItIsFull() {
        for (int i = 0; i < 10; i++) {
            add("waiting");
        }
        Member<String, Void> late = member("late");
        queue.add(late);

        StepVerifier.create(late.answer()).verifyError(QueueFullException.class);
        assertThat(queue.size()).isEqualTo(10);
    }

    private void take(List<List<String>> groups) {
        queue.next()
                .subscribe(group -> groups.add(group.stream().map(Member::value).toList()));
    }

    private void add(String value) {
        queue.add(member(value));
    }

    private static Member<String, Void> member(String value) {
        return new Member<>(value, 1, () -> {});
    }
}
