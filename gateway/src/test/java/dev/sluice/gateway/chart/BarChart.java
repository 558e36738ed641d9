package dev.sluice.gateway.chart;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One bar a figure, the longest as long as there is room.
 *
 * @param title with the unit
 * @param format of a value, as in {@code %,.0f}
 */
public record BarChart(String title, String format, List<Bar> bars) {
    private static final String COLOUR = "#0969da";
    private static final int WIDTH = 760;
    private static final int LABELS = 330;
    private static final int VALUES = 80;
    private static final int TOP = 38;
    private static final int ROW = 24;

    /** One figure. */
    public record Bar(String label, double value) {}

    public BarChart {
        bars = List.copyOf(bars);
    }

    /** Draws it. */
    public String svg() {
        double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        Drawing drawing = new Drawing(WIDTH, TOP + ROW * bars.size() + 8, title);
        for (int row = 0; row < bars.size(); row++) {
            Bar bar = bars.get(row);
            double y = TOP + (double) row * ROW;
            double length = Math.max(1, bar.value() / most * (WIDTH - LABELS - VALUES));
            drawing.text(LABELS - 8, y + 15, "end", "400", bar.label());
            drawing.rectangle(LABELS, y + 3, length, ROW - 8, COLOUR);
            drawing.text(LABELS + length + 6, y + 15, "start", "400", String.format(Locale.ROOT, format, bar.value()));
        }
        return drawing.end();
    }

    /** Draws it into that file. */
    public void write(Path file) {
        Drawing.write(file, svg());
    }
}
