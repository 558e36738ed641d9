package dev.sluice.gateway.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.rig.traffic.PushRequest;
import dev.sluice.gateway.rig.traffic.Target;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code wrk} with a script that sends a fresh id each time. HMAC would make Lua the bottleneck, so the signatures of a
 * million ids are worked out beforehand; past those, ids come again.
 */
final class WrkClosedLoop implements ClosedLoop {
    private static final int SIGNED_IDS = 1_000_000;

    private final Path program;
    private final Path directory;
    private final Path signatures;

    private WrkClosedLoop(Path program, Path directory, Path signatures) {
        this.program = program;
        this.directory = directory;
        this.signatures = signatures;
    }

    /** Where {@code wrk} is, if it is installed. */
    static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, "wrk"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Prepares the signatures, in a file in that directory. */
    static WrkClosedLoop prepare(Path program, Path directory, String secret) {
        Path signatures = directory.resolve("signatures").toAbsolutePath();
        PushRequest push = new PushRequest(secret, "/");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(signatures))) {
            for (int id = 0; id < SIGNED_IDS; id++) {
                out.write(push.signature(id).getBytes(US_ASCII));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new WrkClosedLoop(program, directory, signatures);
    }

    @Override
    public Run run(Target target, int connections, Duration duration, long firstId) {
        try {
            Path script = directory.resolve("push.lua").toAbsolutePath();
            Files.writeString(script, script(target, firstId));
            Process wrk = new ProcessBuilder(
                            program.toString(),
                            "-t1",
                            "-c" + connections,
                            "-d" + duration.toSeconds() + "s",
                            "-s",
                            script.toString(),
                            "http://127.0.0.1:" + target.addresses().get(0).getPort())
                    .redirectErrorStream(true)
                    .start();
            double cpu = 0;
            while (!wrk.waitFor(50, TimeUnit.MILLISECONDS)) {
                cpu = Math.max(cpu, CpuClock.seconds(wrk.pid()));
            }
            return run(new String(wrk.getInputStream().readAllBytes(), UTF_8), cpu, firstId + connections);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Ids of requests that were under way at the end are not used again. */
    private static Run run(String output, double cpu, long firstFreeId) {
        String[] numbers = output.lines()
                .filter(line -> line.startsWith("result "))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("wrk said: " + output + " (expected: a line with the result)"))
                .split(" ", -1);
        long requests = Long.parseLong(numbers[1]);
        long refused = Long.parseLong(numbers[3]);
        long broken = Long.parseLong(numbers[4]);
        return new Run(
                requests - refused,
                refused + broken,
                Long.parseLong(numbers[2]) / 1e6,
                Long.parseLong(numbers[5]),
                Long.parseLong(numbers[6]),
                cpu,
                firstFreeId + requests + broken);
    }

    private String script(Target target, long firstId) {
        PushRequest push = new PushRequest(target.secret(), target.path());
        return """
                local file = assert(io.open("%s", "rb"))
                local signatures = file:read("*a")
                file:close()
                local count = #signatures / 64
                local parts = {%s}
                local nextId = %d
                local sub, format = string.sub, string.format
                function request()
                  local id = nextId %% count
                  nextId = nextId + 1
                  local digits = format("%%016d", id)
                  return parts[1] .. sub(digits, 1, 4) .. parts[2] .. sub(digits, 5) .. parts[3]
                    .. sub(signatures, id * 64 + 1, id * 64 + 64) .. parts[4] .. digits .. parts[5]
                end
                function done(summary, latency, requests)
                  local errors = summary.errors
                  print(format("result %%d %%d %%d %%d %%d %%d", summary.requests, summary.duration, errors.status,
                    errors.connect + errors.read + errors.write + errors.timeout,
                    latency:percentile(50), latency:percentile(99)))
                end
                """.formatted(signatures, lua(push), firstId);
    }

    private static String lua(PushRequest push) {
        return String.join(
                ", ",
                push.parts().stream()
                        .map(part -> String.format(Locale.ROOT, "%s", quoted(part)))
                        .toList());
    }

    private static String quoted(String part) {
        return "\""
                + part.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "\\r")
                        .replace("\n", "\\n")
                + "\"";
    }

    @Override
    public String name() {
        return "wrk";
    }
}
