package dev.sluice.gateway.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TableCourseTest {

    @Test
    void holdsWhileVacuumsComeHoweverManyAreDead() {
        TableCourse course = course(IntStream.range(0, 60).mapToObj(sample -> table(1_000, sample / 2)));

        assertThat(course.longestDue()).isEqualTo(Samples.PERIOD.multipliedBy(2));
        assertThat(course.deadMost()).isEqualTo(1_000);
        assertThat(course.holds()).isTrue();
    }

    @Test
    void doesNotHoldWhereNoVacuumComesAlthoughOneIsDue() {
        assertThat(course(IntStream.range(0, 60).mapToObj(sample -> table(1_000, 7)))
                        .holds())
                .isFalse();
        assertThat(course(IntStream.range(0, 60).mapToObj(sample -> table(99, 7)))
                        .longestDue())
                .isEqualTo(Duration.ZERO);
    }

    @Test
    void looksAtTheLeastOfASawtooth() {
        List<Sample> growing = IntStream.range(0, 40)
                .mapToObj(sample -> sample(table(sample * 100L + (sample % 5) * 1_000L, 1)))
                .toList();
        List<Sample> steady = IntStream.range(0, 40)
                .mapToObj(sample -> sample(table((sample % (5 + sample / 10)) * 1_000L, 1)))
                .toList();

        assertThat(Course.ofFloor("", growing, each -> each.dead(false), 1.25, 500)
                        .holds())
                .isFalse();
        assertThat(Course.ofFloor("", steady, each -> each.dead(false), 1.25, 500)
                        .holds())
                .isTrue();
    }

    private static TableCourse course(Stream<TableState> states) {
        return TableCourse.of(states.map(TableCourseTest::sample).toList()).get(0);
    }

    private static TableState table(long dead, long vacuums) {
        return new TableState("owed_delivery", 0, dead, 100, vacuums, 0);
    }

    private static Sample sample(TableState table) {
        return new Sample(0, 0, 0, 0, 0, List.of(table), 0, 0, 0, 0, false);
    }
}
