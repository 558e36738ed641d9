package dev.sluice.gateway.trouble;

import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.process.WallClock;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.Receiver;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An endpoint fails for a while, is well again, and gets its backlog while webhooks go on to arrive. */
final class Recovery {
    static final int ARRIVING_A_SECOND = 100;
    static final int LIMIT_A_SECOND = 400;

    private static final Duration FAILING = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Queue<Long> answeredMicros = new ConcurrentLinkedQueue<>();
    private volatile int status = 503;

    /**
     * What it came to.
     *
     * @param backlog deliveries that were owed when the endpoint was well again
     * @param perSecond deliveries from the first one on until nothing was owed any more
     * @param mostInASecond calls of any second, counted from each call on
     */
    record Drain(long backlog, double perSecond, long mostInASecond) {}

    Drain run(Course course) {
        try (Receiver receiver = Receiver.start(new Sightings(), this::answer);
                EventLogReader log = EventLogReader.connect(course.database())) {
            Gateway gateway = course.gateway();
            Gateway.Instance instance = gateway.provision(
                    "recovering",
                    receiver.url(),
                    Map.of("event.notification.rate.limit", String.valueOf(LIMIT_A_SECOND)));
            Load load = new Load(
                    gateway.target(instance), new LoadPlan(16, ARRIVING_A_SECOND, PATIENCE, 0, false), new Ledger(0));
            Thread loading = new Thread(load, "arriving");
            loading.setDaemon(true);
            loading.start();
            try {
                return fail(log, instance);
            } finally {
                load.stop();
            }
        }
    }

    private Drain fail(EventLogReader log, Gateway.Instance instance) {
        long since = System.nanoTime();
        await().atMost(PATIENCE).until(() -> System.nanoTime() - since >= FAILING.toNanos());
        long backlog = owed(log, instance);
        answeredMicros.clear();
        status = 200;
        await("the first delivery").atMost(PATIENCE).until(() -> !answeredMicros.isEmpty());
        long first = answeredMicros.element();
        await("nothing is owed any more")
                .pollInterval(Duration.ofMillis(50))
                .atMost(PATIENCE)
                .until(() -> owed(log, instance) == 0);
        long[] answered = answeredMicros.stream().mapToLong(Long::longValue).toArray();
        return new Drain(backlog, answered.length * 1e6 / (WallClock.micros() - first), mostInASecond(answered));
    }

    private int answer(long id) {
        if (status == 200) {
            answeredMicros.add(WallClock.micros());
        }
        return status;
    }

    private static long owed(EventLogReader log, Gateway.Instance instance) {
        return log.number("SELECT count(*) FROM owed_delivery WHERE instance_id = " + instance.id());
    }

    private static long mostInASecond(long[] micros) {
        long most = 0;
        int from = 0;
        for (int to = 0; to < micros.length; to++) {
            while (micros[to] - micros[from] >= 1_000_000) {
                from++;
            }
            most = Math.max(most, to - from + 1L);
        }
        return most;
    }
}
