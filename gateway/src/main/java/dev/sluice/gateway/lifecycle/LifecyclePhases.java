package dev.sluice.gateway.lifecycle;

import org.springframework.context.SmartLifecycle;

/**
 * The order in which the parts begin and end, for {@link SmartLifecycle#getPhase()}: they start from the first to the last
 * and stop from the last to the first. When they start, the database is reachable and migrated; it is closed after the last
 * has stopped. The web server starts after all of them; before any of them stops it has taken its last request and answered
 * every one it had taken.
 */
public final class LifecyclePhases {
    /** This node's epoch: registered before anything is written in it, ended after all has been. */
    public static final int EPOCH = 1_000;

    /** The event log's writers. */
    public static final int EVENT_LOG = 2_000;

    /** The attempt log and the owed deliveries' writers: what deliveries still end in while they stop. */
    public static final int OUTCOMES = 3_000;

    /** First attempts and claims of owed deliveries. */
    public static final int DELIVERY = 4_000;

    private LifecyclePhases() {}
}
