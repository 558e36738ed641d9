package dev.sluice.gateway.rig;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The order that is promised where it is asked for: what was sent after another was answered is delivered after it. */
public final class Order {
    private Order() {}

    /**
     * Counts what was delivered too early.
     *
     * @param sent ids of one object, sent in the order of their rows
     * @param received the same rows
     */
    public static long overtaking(Sent sent, Received received) {
        int[] byAnswer = IntStream.range(0, sent.size())
                .filter(row -> sent.isAcknowledged(row) && received.times(row) > 0)
                .boxed()
                .sorted(Comparator.comparingLong(sent::answeredMicros))
                .mapToInt(Integer::intValue)
                .toArray();
        long overtaking = 0;
        long lastOfThose = 0;
        int answered = 0;
        for (int row = 0; row < sent.size(); row++) {
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
