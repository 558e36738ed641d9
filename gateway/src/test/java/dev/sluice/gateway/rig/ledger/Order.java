package dev.sluice.gateway.rig.ledger;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The order that is promised where it is asked for: what was sent after another was answered is delivered after it. */
public final class Order {
    private Order() {}

    /**
     * Counts what was delivered too early.
     *
     * @param sent ids in the order of their rows; the object of each is what remains of it divided by their number
     * @param received the same rows
     * @param objects how many there are, at least 1
     */
    public static long overtaking(Sent sent, Received received, int objects) {
        return IntStream.range(0, objects)
                .mapToLong(object -> overtaking(sent, received, row -> (sent.firstId() + row) % objects == object))
                .sum();
    }

    private static long overtaking(Sent sent, Received received, IntPredicate ofObject) {
        int[] rows = IntStream.range(0, sent.size()).filter(ofObject).toArray();
        int[] byAnswer = Arrays.stream(rows)
                .filter(row -> sent.isAcknowledged(row) && received.times(row) > 0)
                .boxed()
                .sorted(Comparator.comparingLong(sent::answeredMicros))
                .mapToInt(Integer::intValue)
                .toArray();
        long overtaking = 0;
        long lastOfThose = 0;
        int answered = 0;
        for (int row : rows) {
            while (answered < byAnswer.length && sent.answeredMicros(byAnswer[answered]) < sent.intendedMicros(row)) {
                lastOfThose = Math.max(lastOfThose, received.answeredMicros(byAnswer[answered]));
                answered++;
            }
            if (received.times(row) > 0 && received.answeredMicros(row) < lastOfThose) {
                overtaking++;
            }
        }
        return overtaking;
    }
}
