package dev.sluice.gateway.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a JVM's heap is alive: RSS cannot tell garbage from it. */
final class LiveHeap {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private LiveHeap() {}

    /** Collects all garbage of that JVM, and says how many megabytes are left. */
    static double megabytes(long pid) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(pid),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
            Matcher total = TOTAL.matcher(said);
            if (!total.find()) {
                throw new IllegalStateException("jcmd GC.class_histogram: no total in " + said);
            }
            return Long.parseLong(total.group(1)) / 1024.0 / 1024.0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
