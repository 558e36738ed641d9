package dev.sluice.gateway.rig.traffic;

import java.time.Duration;

/**
 * How much to send.
 *
 * @param connections open at once, each with one request at a time
 * @param perSecond requests a second, sent on schedule whatever the answers do; 0 sends the next as soon as one is
 *     answered
 * @param duration how long new ids are taken
 * @param firstId the first id; the next ones follow
 * @param redeliver whether an id that was not acknowledged is sent again until it is
 */
public record LoadPlan(int connections, double perSecond, Duration duration, long firstId, boolean redeliver) {

    boolean isClosedLoop() {
        return perSecond == 0;
    }
}
