package dev.sluice.gateway.trouble;

import static dev.sluice.gateway.trouble.Figures.median;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.Receiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** What an endpoint's trouble costs the others, and a held snapshot all of them. */
@Tag("trouble")
final class TroubleIT {
    private static final Path DIRECTORY = Path.of("target", "trouble").toAbsolutePath();
    private static final Duration WINDOW = Duration.ofSeconds(4);
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration STRETCH = Duration.ofSeconds(6);
    private static final Duration HELD = Duration.parse(System.getProperty("sluice.trouble.held", "PT60S"));
    private static final Set<String> PARTS =
            Set.of(System.getProperty("sluice.trouble.parts", "neighbour,fan-out,recovery,snapshot")
                    .split(","));
    private static final int WINDOWS = 9;
    private static final int REPETITIONS = 3;
    private static final int HEALTHY_A_SECOND = 500;
    private static final int FAN_OUT = 10;
    /** So much more is offered than fan-out 1 brought, so that the ratio is not what was offered. */
    private static final double OFFERED = 1.3;

    private final Figures figures = new Figures();

    @Test
    void measuresWhatTroubleCosts() throws Exception {
        FileSystemUtils.deleteRecursively(DIRECTORY);
        Files.createDirectories(DIRECTORY);
        try (Course course = new Course(DIRECTORY)) {
            Gateway.Instance healthy = course.gateway().provision("healthy", course.url());
            course.run(healthy, 0, WARM_UP, 1);
            if (PARTS.contains("fan-out")) {
                fanOut(course, healthy);
            }
            if (PARTS.contains("snapshot")) {
                heldSnapshot(course, healthy);
            }
            if (PARTS.contains("recovery")) {
                recovery(course);
            }
            // Last: what is owed to those that hang is tried again and again, beside whatever is measured then.
            if (PARTS.contains("neighbour")) {
                hangingNeighbour(course, healthy);
            }
            assertThat(course.gateway().said()).doesNotContain("OutOfMemoryError");
        }
        System.out.println(figures.write(Path.of("target", "trouble.md")));
        FileSystemUtils.deleteRecursively(DIRECTORY.resolve("data"));
    }

    private void hangingNeighbour(Course course, Gateway.Instance healthy) throws InterruptedException {
        List<Double> alone = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        course.run(healthy, HEALTHY_A_SECOND, WINDOW, 1);
        for (int window = 0; window < WINDOWS; window++) {
            alone.add(course.run(healthy, HEALTHY_A_SECOND, WINDOW, 1).p99Millis());
            beside.add(besideOneThatHangs(course, healthy, window));
        }
        double with = median(beside.stream().mapToDouble(Double::doubleValue));
        double without = median(alone.stream().mapToDouble(Double::doubleValue));
        double ratio =
                median(IntStream.range(0, WINDOWS).mapToDouble(window -> beside.get(window) / alone.get(window)));
        figures.atMost("healthy p99 with one hanging endpoint at half the traffic ÷ without", ratio, 1.3);
        figures.note(
                "healthy p99, %d/s: %.1f ms alone %s, %.1f ms beside one that hangs %s; the ratio is the median of those of "
                        + "neighbouring windows",
                HEALTHY_A_SECOND, without, rounded(alone), with, rounded(beside));
    }

    /** Each time another endpoint, whose breaker is closed yet. */
    private static double besideOneThatHangs(Course course, Gateway.Instance healthy, int window)
            throws InterruptedException {
        try (Receiver receiver = Receiver.start(new Sightings(), (channel, id) -> false)) {
            Gateway.Instance hanging = course.gateway().provision("hanging " + window, receiver.url());
            Load load = new Load(
                    course.gateway().target(hanging),
                    new LoadPlan(16, HEALTHY_A_SECOND, WINDOW.multipliedBy(2), 0, false),
                    new Ledger(0));
            Thread loading = new Thread(load, "hanging-load");
            loading.setDaemon(true);
            loading.start();
            double p99 = course.run(healthy, HEALTHY_A_SECOND, WINDOW, 1).p99Millis();
            load.stop();
            loading.join();
            return p99;
        }
    }

    private static String rounded(List<Double> millis) {
        return millis.stream().map(each -> String.valueOf(Math.round(each))).collect(Collectors.joining(" ", "(", ")"));
    }

    private void fanOut(Course course, Gateway.Instance healthy) {
        String callbacks = IntStream.range(0, FAN_OUT)
                .mapToObj(endpoint -> course.url() + "/" + endpoint)
                .collect(Collectors.joining(","));
        Gateway.Instance many = course.gateway().provision("many endpoints", callbacks);
        List<Double> one = new ArrayList<>();
        List<Double> ten = new ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            double single = course.run(healthy, 0, STRETCH, 1).deliveriesPerSecond();
            one.add(single);
            ten.add(course.run(many, single * OFFERED / FAN_OUT, STRETCH, FAN_OUT)
                    .deliveriesPerSecond());
        }
        double single = median(one.stream().mapToDouble(Double::doubleValue));
        double fanned = median(ten.stream().mapToDouble(Double::doubleValue));
        figures.atLeast("fan-out 10: deliveries/s ÷ fan-out 1", fanned / single, 1);
        figures.note("deliveries/s: %.0f with one endpoint, %.0f with ten (30 %% more offered)", single, fanned);
    }

    private void recovery(Course course) {
        Recovery.Drain drain = new Recovery().run(course);
        figures.atLeast(
                "drain of a recovered endpoint ÷ its arrival rate", drain.perSecond() / Recovery.ARRIVING_A_SECOND, 3);
        figures.atMost(
                "most calls in a second while it drains ÷ its rate limit",
                (double) drain.mostInASecond() / Recovery.LIMIT_A_SECOND,
                1);
        figures.note(
                "recovery: backlog %d, %d/s arriving, limit %d/s, drained at %.0f/s",
                drain.backlog(), Recovery.ARRIVING_A_SECOND, Recovery.LIMIT_A_SECOND, drain.perSecond());
    }

    private void heldSnapshot(Course course, Gateway.Instance healthy) {
        double before = throughput(course, healthy);
        List<Double> during = new ArrayList<>();
        HeldSnapshot snapshot = new HeldSnapshot(course.database());
        try {
            long since = System.nanoTime();
            while (System.nanoTime() - since < HELD.toNanos()) {
                during.add(course.run(healthy, 0, STRETCH, 1).deliveriesPerSecond());
            }
        } finally {
            snapshot.close();
        }
        double late = median(during.subList(during.size() - REPETITIONS, during.size()).stream()
                .mapToDouble(Double::doubleValue));
        figures.atLeast(
                "healthy throughput with a snapshot held for " + HELD.toSeconds() + " s ÷ without", late / before, 0.9);
        figures.note("healthy deliveries/s: %.0f before, then %s", before, rounded(during));
    }

    private static double throughput(Course course, Gateway.Instance healthy) {
        return median(IntStream.range(0, REPETITIONS)
                .mapToDouble(repetition -> course.run(healthy, 0, STRETCH, 1).deliveriesPerSecond()));
    }
}
