package dev.sluice.gateway.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** An SVG document that is drawn piece by piece, on a white ground of its own so that it can be read on any page. */
final class Drawing {
    static final String INK = "#1f2328";
    static final String FAINT = "#d0d7de";

    private final StringBuilder text = new StringBuilder();

    Drawing(int width, int height, String title) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\">",
                width, height);
        add("<title>%s</title>", escaped(title));
        rectangle(0, 0, width, height, "#ffffff");
        text(12, 22, "start", "600", title);
    }

    void rectangle(double x, double y, double width, double height, String colour) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, width, height, colour);
    }

    void line(double fromX, double fromY, double toX, double toY, String colour) {
        add("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>", fromX, fromY, toX, toY, colour);
    }

    /** One line through all the points: {@code points} is {@code M0 0L1 1…}. */
    void path(String points, String colour) {
        add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", points, colour);
    }

    /** @param anchor which end of it is at x: {@code start}, {@code middle} or {@code end} */
    void text(double x, double y, String anchor, String weight, String what) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"%s\">%s</text>",
                x, y, anchor, weight, INK, escaped(what));
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String what) {
        return what.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static void write(Path file, String svg) {
        try {
            Files.writeString(file, svg);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** All of it. */
    String end() {
        return text + "</svg>\n";
    }
}
