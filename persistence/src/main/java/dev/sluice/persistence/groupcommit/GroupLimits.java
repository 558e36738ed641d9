package dev.sluice.persistence.groupcommit;

import java.time.Duration;

/**
 * How much is taken together and how much may wait.
 *
 * @param groupMax the most members of a group, at least 1
 * @param groupBytesMax the most bytes of a group; a single larger member is a group of its own
 * @param waitingMax the most members that wait
 * @param patience how long a member waits for an unreachable database before it fails; zero means for ever
 * @param rest what a writer lets pass between two groups unless the next is full, so that many small ones become few; zero
 *     where somebody waits for the answer
 */
public record GroupLimits(int groupMax, long groupBytesMax, int waitingMax, Duration patience, Duration rest) {}
