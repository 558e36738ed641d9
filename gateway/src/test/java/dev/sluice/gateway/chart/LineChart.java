package dev.sluice.gateway.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Figures over time, from 0 up.
 *
 * @param title with the unit
 * @param marks minutes at which something happened, drawn as upright lines
 */
public record LineChart(String title, List<Line> lines, List<Double> marks) {
    private static final List<String> COLOURS = List.of("#0969da", "#cf222e", "#1a7f37", "#8250df");
    private static final String MARK = "#f6c8a0";
    private static final int WIDTH = 760;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int RIGHT = 40;
    private static final int TOP = 48;
    private static final int BOTTOM = 32;
    private static final int STEPS = 4;

    /** One figure's course. */
    public record Line(String name, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** What a figure was at that minute. */
    public record Point(double minute, double value) {}

    public LineChart {
        lines = List.copyOf(lines);
        marks = List.copyOf(marks);
    }

    /** Draws it. */
    public String svg() {
        Drawing drawing = new Drawing(WIDTH, HEIGHT, title);
        double most = top();
        double last = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::minute)
                .max()
                .orElse(1);
        marks.stream()
                .filter(mark -> mark <= last)
                .forEach(mark -> drawing.line(x(mark, last), TOP, x(mark, last), HEIGHT - BOTTOM, MARK));
        for (int step = 0; step <= STEPS; step++) {
            double value = most * step / STEPS;
            drawing.line(LEFT, y(value, most), WIDTH - RIGHT, y(value, most), Drawing.FAINT);
            drawing.text(LEFT - 6, y(value, most) + 4, "end", "400", number(value));
            double minute = last * step / STEPS;
            drawing.text(x(minute, last), HEIGHT - BOTTOM + 18, "middle", "400", number(minute) + " min");
        }
        for (int index = 0; index < lines.size(); index++) {
            Line line = lines.get(index);
            String colour = COLOURS.get(index % COLOURS.size());
            drawing.path(path(line, last, most), colour);
            drawing.rectangle(LEFT + index * 170.0, 31, 10, 10, colour);
            drawing.text(LEFT + index * 170.0 + 15, 40, "start", "400", line.name());
        }
        return drawing.end();
    }

    /** A round number that no value passes: 1, 2, 4 or 8 times a power of ten. */
    private double top() {
        double most = lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::value)
                .max()
                .orElse(1);
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))));
        for (double factor : List.of(1.0, 2.0, 4.0, 8.0)) {
            if (most <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String path(Line line, double last, double most) {
        StringBuilder points = new StringBuilder();
        for (Point point : line.points()) {
            points.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    points.isEmpty() ? "M" : "L",
                    x(point.minute(), last),
                    y(point.value(), most)));
        }
        return points.toString();
    }

    private static double x(double minute, double last) {
        return LEFT + minute / Math.max(last, 1e-9) * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double value, double most) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    /** Draws it into that file. */
    public void write(Path file) {
        Drawing.write(file, svg());
    }
}
