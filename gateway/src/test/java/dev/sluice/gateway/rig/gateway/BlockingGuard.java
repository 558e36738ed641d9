package dev.sluice.gateway.rig.gateway;

import dev.sluice.gateway.Sluice;
import java.util.List;
import reactor.blockhound.BlockHound;

/** The gateway under BlockHound: a thread of an event loop that blocks is written down with its stack, and goes on. */
public final class BlockingGuard {
    /** What the log says where a thread blocked. */
    public static final String FOUND = "blocks an event loop";

    /** BlockHound rewrites methods of the JDK; it attaches itself. */
    static final List<String> OPTIONS =
            List.of("-XX:+AllowRedefinitionToAddDeleteMethods", "-XX:+EnableDynamicAgentLoading");

    private BlockingGuard() {}

    public static void main(String[] arguments) {
        BlockHound.builder()
                .loadIntegrations()
                // The console is written to under a lock. What is logged on an event loop is rare by our own rule.
                .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
                // /dev/urandom always answers at once.
                .allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully")
                // A lock that is held for as long as it takes to add up a few numbers.
                .allowBlockingCallsInside("io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "record")
                .allowBlockingCallsInside(
                        "io.github.resilience4j.core.metrics.FixedSizeSlidingWindowMetrics", "getSnapshot")
                .blockingMethodCallback(method -> new IllegalStateException(method + " " + FOUND).printStackTrace())
                .install();
        Sluice.main(arguments);
    }
}
