package dev.sluice.gateway.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** CPU time from {@code /proc}; where there is none (not Linux, process gone), 0. */
final class CpuClock {
    private static final double TICKS_A_SECOND = 100;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int ENDED_CHILDREN_USER = 13;
    private static final int ENDED_CHILDREN_SYSTEM = 14;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private CpuClock() {}

    /** What one process has used. */
    static double seconds(long pid) {
        long[] fields = fields(pid);
        return fields.length == 0 ? 0 : (fields[USER] + fields[SYSTEM]) / TICKS_A_SECOND;
    }

    /** What a server of many processes has used, those that have ended included. */
    static double treeSeconds(long root) {
        long[] fields = fields(root);
        if (fields.length == 0) {
            return 0;
        }
        double own = seconds(root) + (fields[ENDED_CHILDREN_USER] + fields[ENDED_CHILDREN_SYSTEM]) / TICKS_A_SECOND;
        return own
                + ProcessHandle.of(root)
                        .map(handle -> handle.descendants()
                                .mapToDouble(child -> seconds(child.pid()))
                                .sum())
                        .orElse(0.0);
    }

    /** What the whole machine has used, by whomever. */
    static double machineSeconds() {
        String[] lines = read(Path.of("/proc/stat")).split("\n", 2);
        if (lines.length < 2) {
            return 0;
        }
        long[] ticks = Arrays.stream(lines[0].trim().split("\\s+"))
                .skip(1)
                .mapToLong(Long::parseLong)
                .limit(STEAL + 1L)
                .toArray();
        return (Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[IO_WAIT]) / TICKS_A_SECOND;
    }

    /** The numbers after the program's name and state, which may hold blanks. */
    private static long[] fields(long pid) {
        String stat = read(Path.of("/proc", String.valueOf(pid), "stat"));
        int name = stat.lastIndexOf(')');
        if (name < 0) {
            return new long[0];
        }
        return Arrays.stream(stat.substring(name + 2).trim().split(" ", -1))
                .limit(ENDED_CHILDREN_SYSTEM + 1L)
                .mapToLong(word -> word.matches("-?\\d+") ? Long.parseLong(word) : 0)
                .toArray();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
