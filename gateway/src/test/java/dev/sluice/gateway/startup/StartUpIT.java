package dev.sluice.gateway.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.chart.BarChart;
import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import dev.sluice.gateway.rig.gateway.PreparedJar;
import dev.sluice.gateway.rig.ledger.Sent;
import dev.sluice.gateway.rig.postgres.EventLogReader;
import dev.sluice.gateway.rig.postgres.PostgresServer;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.LoadProcess;
import dev.sluice.gateway.rig.traffic.ReceiverProcess;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/**
 * Fails where the prepared jar is not ready in time, or takes more memory than it may. {@code -Dsluice.java=/path,/path} names
 * the Javas; without it, the one that runs the build.
 */
@Tag("start-up")
final class StartUpIT {
    private static final Path DIRECTORY = Path.of("target", "start-up").toAbsolutePath();
    private static final Duration READY_LIMIT = Duration.ofMinutes(1);
    private static final int STARTS = 5;
    private static final double READY_SECONDS_MAX = 3;
    private static final double RSS_MEGABYTES_MAX = 350;
    private static final double PER_SECOND = 1_000;
    private static final Duration LOADED = Duration.ofSeconds(60);

    /** What operations.md says to run it with. */
    private static final List<String> OPTIONS = List.of("-Xmx192m", "-XX:+UseSerialGC");

    @Test
    void isReadySoonAndTakesLittle() throws Exception {
        FileSystemUtils.deleteRecursively(DIRECTORY);
        Files.createDirectories(DIRECTORY);
        try (PostgresServer server = PostgresServer.start(PostgresServer.debian())) {
            GatewaySetup setup = setup(server.address());
            List<Variant> variants = variants();
            variants.stream().filter(Variant::isPrepared).forEach(variant -> prepare(variant, setup));
            Map<Variant, List<Double>> ready = starts(variants, setup);
            Map<String, Double> medians = new LinkedHashMap<>();
            ready.forEach((variant, seconds) -> medians.put(variant.name(), seconds.get(seconds.size() / 2)));
            new BarChart("Ready after the start of the process, seconds, external PostgreSQL", "%.2f", bars(medians))
                    .write(Path.of("target", "start-up.svg"));
            Map<String, Double> memory = new LinkedHashMap<>();
            for (Variant variant : variants) {
                if (variant.isPrepared()) {
                    memory.put(variant.name(), megabytesUnderLoad(variant, setup));
                }
            }
            report(ready, memory);
            for (Variant variant : variants) {
                if (variant.isPrepared()) {
                    assertThat(medians.get(variant.name())).as(variant.name()).isLessThanOrEqualTo(READY_SECONDS_MAX);
                    assertThat(memory.get(variant.name())).as(variant.name()).isLessThanOrEqualTo(RSS_MEGABYTES_MAX);
                }
            }
        }
    }

    private static GatewaySetup setup(DatabaseAddress server) {
        try (EventLogReader maintenance = EventLogReader.connect(server)) {
            maintenance.execute("CREATE DATABASE start_up");
        }
        GatewaySetup complete = GatewaySetup.embedded("gateway", DIRECTORY)
                .on(server.withDatabase("start_up"), DIRECTORY.resolve("keyset.json"));
        return new GatewaySetup(
                complete.name(),
                complete.directory(),
                complete.port(),
                complete.managementPort(),
                OPTIONS,
                complete.environment());
    }

    private static List<Variant> variants() throws IOException {
        List<Variant> all = new ArrayList<>();
        for (String home : System.getProperty("sluice.java", System.getProperty("java.home"))
                .split(",", -1)) {
            int version = version(Path.of(home));
            Path extracted = PreparedJar.extract(Path.of(home), DIRECTORY.resolve("java-" + version));
            all.addAll(Variant.of(Path.of(home), version, PreparedJar.BUILT, extracted, DIRECTORY));
        }
        return all;
    }

    /** As the file says that every Java has. */
    private static int version(Path home) throws IOException {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return Integer.parseInt(lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .findFirst()
                    .orElseThrow()
                    .replaceAll("[^\\d.]", "")
                    .split("\\.", -1)[0]);
        }
    }

    /** One run that takes and sends what any run does, and leaves what it has learnt as it ends. */
    private static void prepare(Variant variant, GatewaySetup setup) {
        try (Gateway gateway = Gateway.startJar(setup.withOptions(variant.training()), variant.home(), variant.jar())) {
            gateway.awaitReady(READY_LIMIT);
            load(gateway, 50, Duration.ofSeconds(5));
        }
    }

    /** In turns, so that what else the machine does meets all of them; each variant's seconds, sorted. */
    private static Map<Variant, List<Double>> starts(List<Variant> variants, GatewaySetup setup) {
        Map<Variant, List<Double>> seconds = new LinkedHashMap<>();
        for (int start = 0; start < STARTS; start++) {
            for (Variant variant : variants) {
                try (Gateway gateway =
                        Gateway.startJar(setup.withOptions(variant.options()), variant.home(), variant.jar())) {
                    double ready = gateway.awaitReady(READY_LIMIT).toMillis() / 1e3;
                    seconds.computeIfAbsent(variant, first -> new ArrayList<>()).add(ready);
                    System.out.printf("  %-36s ready after %.2f s%n", variant.name(), ready);
                }
            }
        }
        seconds.values().forEach(each -> each.sort(null));
        return seconds;
    }

    private static double megabytesUnderLoad(Variant variant, GatewaySetup setup) throws IOException {
        try (Gateway gateway = Gateway.startJar(setup.withOptions(variant.options()), variant.home(), variant.jar())) {
            gateway.awaitReady(READY_LIMIT);
            load(gateway, PER_SECOND, LOADED);
            try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(gateway.pid()), "status"))) {
                // The most that it has ever taken.
                return lines.filter(line -> line.startsWith("VmHWM:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                .sum()
                        / 1024.0;
            }
        }
    }

    private static void load(Gateway gateway, double perSecond, Duration duration) {
        try (LoadProcess load = LoadProcess.start(DIRECTORY);
                ReceiverProcess receiver = ReceiverProcess.start(DIRECTORY)) {
            Gateway.Instance instance = gateway.provision("start-up", receiver.url());
            Sent sent = load.run(gateway.target(instance), new LoadPlan(32, perSecond, duration, 0, false));
            assertThat(IntStream.range(0, sent.size()).allMatch(sent::isAcknowledged))
                    .as("all webhooks acknowledged")
                    .isTrue();
        }
    }

    private static List<BarChart.Bar> bars(Map<String, Double> figures) {
        return figures.entrySet().stream()
                .map(each -> new BarChart.Bar(each.getKey(), each.getValue()))
                .toList();
    }

    private static void report(Map<Variant, List<Double>> ready, Map<String, Double> memory) throws IOException {
        StringBuilder text = new StringBuilder(
                "| | ready after, s: least | median | most | RSS at most at 1,000 events/s, MB |\n|---|---|---|---|---|\n");
        ready.forEach((variant, seconds) -> text.append("| %s | %.2f | %.2f | %.2f | %s |%n"
                .formatted(
                        variant.name(),
                        seconds.get(0),
                        seconds.get(seconds.size() / 2),
                        seconds.get(seconds.size() - 1),
                        memory.containsKey(variant.name()) ? "%.0f".formatted(memory.get(variant.name())) : "")));
        Files.writeString(Path.of("target", "start-up.md"), text);
        System.out.println(text);
    }
}
