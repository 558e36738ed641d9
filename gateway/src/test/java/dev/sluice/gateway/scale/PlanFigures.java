package dev.sluice.gateway.scale;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's statements read.
 *
 * @param scans the indexes, and the tables that were read from one end to the other; a day's partition as its table
 * @param buffers how many pages, those read twice counted twice
 */
record PlanFigures(List<String> scans, long buffers) {
    private static final Pattern SCAN = Pattern.compile(
            "(?m)^.*(?:Index(?: Only)? Scan(?: Backward)? using|Bitmap Index Scan on|(Seq Scan) on) (\\w+)(?!.*never executed).*$");
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");

    static PlanFigures of(List<String> plans) {
        TreeSet<String> scans = new TreeSet<>();
        long buffers = 0;
        for (String plan : plans) {
            Matcher scan = SCAN.matcher(plan);
            while (scan.find()) {
                scans.add(
                        (scan.group(1) == null ? "" : "all of ") + scan.group(2).replaceAll("_\\d{8}", ""));
            }
            Matcher pages = BUFFERS.matcher(plan);
            // The first is that of all of the plan.
            if (pages.find()) {
                buffers += number(pages.group(1)) + number(pages.group(2));
            }
        }
        return new PlanFigures(List.copyOf(scans), buffers);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    String line(ListForm form) {
        return "| %s | %s | %,d |%n".formatted(form.name(), String.join(", ", scans), buffers);
    }
}
