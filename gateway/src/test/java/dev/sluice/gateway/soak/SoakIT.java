package dev.sluice.gateway.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.faults.Fault;
import dev.sluice.gateway.faults.FaultRun;
import dev.sluice.gateway.faults.History;
import dev.sluice.gateway.faults.Installation;
import dev.sluice.gateway.faults.LedgerProof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code mvn -q -Psoak verify -Dminutes=30 -Drate=300}. The promise is asserted however short the run is; what takes long to
 * show (memory, threads, connections, dead tuples, latency) from twenty minutes on.
 */
@Tag("soak")
final class SoakIT {
    private static final int MINUTES = Integer.getInteger("minutes", 30);
    private static final int RATE = Integer.getInteger("rate", 300);
    private static final int TELLING_MINUTES = 20;
    private static final Duration WARM_UP_MAX = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(80);
    private static final double REFUSED_SHARE = 0.002;

    @Test
    void staysAsItIs() throws Exception {
        History history = History.begin("soak");
        try (FaultRun run = new FaultRun(
                        Installation.sharing(1, history.directory(), FaultRun.SETTINGS),
                        history,
                        new FaultRun.Pace(RATE, RATE, REFUSED_SHARE));
                Samples samples = new Samples(run)) {
            Bag bag = new Bag(history.random());
            List<Double> struck = new ArrayList<>();
            strikeUntil(warmUp(), run, bag, samples, struck);
            double liveAfterWarmUp = live(run);
            strikeUntil(Duration.ofMinutes(MINUTES), run, bag, samples, struck);
            double liveAtTheEnd = live(run);
            List<Sample> taken = samples.taken();
            assertThat(Samples.PERIOD.multipliedBy(taken.size())).isGreaterThan(Duration.ofSeconds(MINUTES * 54L));
            List<Course> courses = courses(taken, liveAfterWarmUp, liveAtTheEnd);
            List<TableCourse> tables = TableCourse.of(warm(taken));
            LedgerProof proof = run.proveAfter(List.of());
            Map<String, String> circumstances = circumstances(history, struck, proof);
            circumstances.put(
                    "bytes in the database, an event", String.valueOf(samples.databaseBytes() / proof.acknowledged()));
            System.out.println(new SoakReport(circumstances, taken, courses, tables, struck).write(Path.of("target")));
            if (MINUTES >= TELLING_MINUTES) {
                assertThat(courses).allMatch(Course::holds);
                assertThat(tables).allMatch(TableCourse::holds);
            }
        }
        history.forget();
    }

    private static Duration warmUp() {
        Duration third = Duration.ofMinutes(MINUTES).dividedBy(3);
        return third.compareTo(WARM_UP_MAX) < 0 ? third : WARM_UP_MAX;
    }

    /** One fault after the other until that long after the load began; at which minutes, is added to the list. */
    private static void strikeUntil(Duration end, FaultRun run, Bag bag, Samples samples, List<Double> struck) {
        while (samples.elapsed().compareTo(end) < 0) {
            run.pause(QUIET);
            Fault next = bag.next();
            run.survive(new Fault(
                    next.name(),
                    next.aftermath(),
                    struckRun -> struck.add(samples.during(() -> next.strike().on(struckRun)))));
        }
    }

    private static List<Sample> warm(List<Sample> taken) {
        double from = warmUp().toSeconds() / 60.0;
        return taken.stream().filter(sample -> sample.minute() > from).toList();
    }

    private static double live(FaultRun run) {
        return LiveHeap.megabytes(run.installation().node(0).pid());
    }

    private static List<Course> courses(List<Sample> taken, double liveAfterWarmUp, double liveAtTheEnd) {
        List<Sample> samples = warm(taken);
        List<Sample> undisturbed =
                samples.stream().filter(sample -> !sample.disturbed()).toList();
        return List.of(
                Course.of("RSS, MB", samples, Sample::rssMegabytes, 1.05, 0),
                new Course("live heap, MB", liveAfterWarmUp, liveAtTheEnd, liveAfterWarmUp * 1.05 + 2),
                Course.of("threads", samples, Sample::threads, 1, 1),
                Course.of("open files and sockets", samples, Sample::descriptors, 1.05, 8),
                Course.of("connections to PostgreSQL", samples, Sample::connections, 1, 1),
                Course.ofFloor(
                        "dead tuples in lasting tables, least", samples, sample -> sample.dead(false), 1.25, 500),
                Course.of("dead of a hundred row versions", samples, Sample::deadOfAHundred, 1.25, 0.5),
                Course.of("size of lasting tables, MB", samples, Sample::lastingMegabytes, 1.25, 1),
                Course.of("latency p50 where no fault struck, ms", undisturbed, Sample::p50Millis, 1.25, 1),
                Course.of("latency p99 where no fault struck, ms", undisturbed, Sample::p99Millis, 1.5, 5));
    }

    private static Map<String, String> circumstances(History history, List<Double> struck, LedgerProof proof) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("run", MINUTES + " minutes at " + RATE + " webhooks/s, seed " + history.seed());
        all.put("faults", String.valueOf(struck.size()));
        all.put("warm-up", warmUp().toSeconds() + " s");
        all.put(
                "machine",
                Runtime.getRuntime().availableProcessors()
                        + " processors, shared by load generator, gateway, PostgreSQL and callback; Java "
                        + System.getProperty("java.vm.version"));
        all.put("acknowledged", String.valueOf(proof.acknowledged()));
        all.put(
                "lost",
                proof.notStored() + proof.notDelivered() + " (not stored or not delivered), " + proof.open() + " open");
        all.put("came twice, all under way at a fault", String.valueOf(proof.repeated()));
        return all;
    }
}
