package dev.sluice.gateway.console.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TailFrameTest {
    private static final Instant MINUTE = Instant.parse("2026-11-28T10:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-11-28T10:01:00Z");

    @Test
    void saysNothingOfTheFirstLook() {
        assertThat(TailFrame.first(lines(0, 25), Map.of(MINUTE, 5_000L)).pace()).isEmpty();
    }

    @Test
    void saysHowManyOfHowManyItShowsWhenMoreComeThanFit() {
        TailFrame frame = TailFrame.first(lines(0, 25), Map.of(MINUTE, 100L))
                .then(TailFrame.first(lines(1_000, 25), Map.of(MINUTE, 900L, NEXT, 150L)));

        assertThat(frame.pace()).isEqualTo("Showing 25 of 950 events in the last second: more come than can be read.");
    }

    @Test
    void isSilentWhileAllAreShown() {
        TailFrame frame = TailFrame.first(lines(0, 25), Map.of(MINUTE, 100L))
                .then(TailFrame.first(lines(3, 25), Map.of(MINUTE, 103L)));

        assertThat(frame.fresh()).isEqualTo(3);
        assertThat(frame.pace()).isEmpty();
    }

    @Test
    void isSilentWhenOneMoreIsCountedThanWasSeenAMomentBefore() {
        TailFrame frame = TailFrame.first(lines(0, 24), Map.of(MINUTE, 24L))
                .then(TailFrame.first(lines(24, 24), Map.of(MINUTE, 49L)));

        assertThat(frame.pace()).isEmpty();
    }

    @Test
    void countsNothingTwiceWhenAMinuteLeaves() {
        TailFrame frame = TailFrame.first(lines(0, 1), Map.of(MINUTE, 100L, NEXT, 7L))
                .then(TailFrame.first(lines(0, 1), Map.of(NEXT, 7L)));

        assertThat(frame.received()).isZero();
    }

    @Test
    void saysThatThereIsMoreWhereNobodyCounts() {
        TailFrame frame = TailFrame.first(lines(0, 25), Map.of()).then(TailFrame.first(lines(25, 25), Map.of()));

        assertThat(frame.pace()).startsWith("Showing the newest 25 of more events in the last second");
        assertThat(frame.then(TailFrame.first(lines(26, 25), Map.of())).pace()).isEmpty();
    }

    private static EventLists.Part lines(int first, int count) {
        return new EventLists.Part(
                IntStream.range(first, first + count)
                        .mapToObj(each -> new EventLine(
                                "id-" + each,
                                MINUTE.toString(),
                                "notified",
                                "good",
                                1,
                                "Shop",
                                "github",
                                "push updated"))
                        .toList(),
                "");
    }
}
