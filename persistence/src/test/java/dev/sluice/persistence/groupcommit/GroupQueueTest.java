package dev.sluice.persistence.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class GroupQueueTest {
    private static final int GROUP_MAX = 4;

    private final GroupQueue<String, Void> queue = queue(Duration.ofHours(1));
    private final List<List<String>> first = new ArrayList<>();
    private final List<List<String>> second = new CopyOnWriteArrayList<>();

    @Test
    void letsTheNextGatherWhileOneIsBeingCommitted() {
        take(first);
        take(second);

        add("a");
        add("b");
        add("c");

        assertThat(first).containsExactly(List.of("a"));
        assertThat(second).isEmpty();

        queue.ended(false, true);
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
    void wakesAnotherWriterForAGoodPartOfAGroupWhileTheFirstCommits() {
        GroupQueue<String, Void> large = queue(Duration.ofHours(1), 8);
        large.next().subscribe(group -> first.add(values(group)));
        large.next().subscribe(group -> second.add(values(group)));
        Stream.of("a", "b", "c").map(GroupQueueTest::member).forEach(large::add);
        assertThat(second).isEmpty();

        large.committing();

        assertThat(second).containsExactly(List.of("b", "c"));
    }

    @Test
    void waitsForAFullGroupAgainWhileTheNextIsWritten() {
        GroupQueue<String, Void> large = queue(Duration.ofHours(1), 8);
        large.next().subscribe(group -> first.add(values(group)));
        large.add(member("a"));
        large.committing();
        large.ended(true, true);
        large.next().subscribe(group -> first.add(values(group)));
        large.next().subscribe(group -> second.add(values(group)));

        Stream.of("b", "c", "d", "e").map(GroupQueueTest::member).forEach(large::add);

        assertThat(first).containsExactly(List.of("a"), List.of("b"));
        assertThat(second).isEmpty();
    }

    @Test
    void givesWhatGatheredToAnotherWhenAWriterIsGone() {
        take(first);
        take(second);
        add("a");
        add("b");

        queue.ended(false, false);

        assertThat(second).containsExactly(List.of("b"));
    }

    @Test
    void wakesAnotherWriterForOneWhoWaitsAloneForLong() {
        GroupQueue<String, Void> impatient = queue(Duration.ofMillis(20));
        impatient.next().subscribe(group -> {});
        impatient.next().subscribe(group -> second.add(values(group)));
        impatient.add(member("a"));

        impatient.add(member("b"));

        await().atMost(Duration.ofSeconds(30)).until(() -> second.equals(List.of(List.of("b"))));
    }

    /** One that came with others, and did not fit in their group. */
    @Test
    void wakesAnotherWriterForOneWhoWasLeftOver() {
        Duration gathering = Duration.ofMillis(200);
        GroupQueue<String, Void> impatient = queue(gathering);
        Member<String, Void> oldest = member("a");
        impatient.add(oldest);
        Stream.of("b", "c", "d").map(GroupQueueTest::member).forEach(impatient::add);
        await().atMost(Duration.ofSeconds(30)).until(() -> oldest.ageNanos() > 2 * gathering.toNanos());

        impatient.add(member("e"));
        impatient.next().subscribe(group -> first.add(values(group)));
        impatient.next().subscribe(group -> second.add(values(group)));

        assertThat(first).containsExactly(List.of("a", "b", "c", "d"));
        await().atMost(Duration.ofSeconds(30)).until(() -> second.equals(List.of(List.of("e"))));
    }

    @Test
    void takesNobodyBackWhoHasAnAnswer() {
        Member<String, Void> waits = member("waits");
        Member<String, Void> failed = member("failed");
        Member<String, Void> succeeded = member("succeeded");
        failed.fail(new IllegalStateException("unknown"));
        succeeded.succeed(null);

        queue.putBack(List.of(failed, waits, succeeded));
        take(first);

        assertThat(first).containsExactly(List.of("waits"));
    }

    /** A writer that has just been handed a group has not begun with it. */
    @Test
    void isNotIdleBetweenAGroupsBeingTakenAndItsEnd() {
        assertThat(queue.isIdle()).isTrue();
        take(first);
        assertThat(queue.isIdle()).isTrue();

        add("a");

        assertThat(first).containsExactly(List.of("a"));
        assertThat(queue.isIdle()).isFalse();
        queue.ended(false, true);
        assertThat(queue.isIdle()).isTrue();
        add("b");
        assertThat(queue.isIdle()).isFalse();
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
        queue.next().subscribe(group -> groups.add(values(group)));
    }

    private static List<String> values(List<Member<String, Void>> group) {
        return group.stream().map(Member::value).toList();
    }

    private static GroupQueue<String, Void> queue(Duration gathering) {
        return queue(gathering, GROUP_MAX);
    }

    private static GroupQueue<String, Void> queue(Duration gathering, int groupMax) {
        return new GroupQueue<>(new GroupLimits(groupMax, 100, 10, Duration.ofSeconds(1), Duration.ZERO), gathering);
    }

    private void add(String value) {
        queue.add(member(value));
    }

    private static Member<String, Void> member(String value) {
        return new Member<>(value, 1, () -> {});
    }
}
