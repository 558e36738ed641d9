package dev.sluice.gateway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class ChartsTest {

    @Test
    void drawsBarsAsLongAsTheirFigures() throws Exception {
        Document chart = parsed(new BarChart(
                        "a < b & c, ms", "%.1f", List.of(new BarChart.Bar("whole", 20), new BarChart.Bar("half", 10)))
                .svg());

        assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("a < b & c, ms");
        assertThat(number(chart, "rect", 1, "width")).isEqualTo(2 * number(chart, "rect", 2, "width"));
    }

    @Test
    void drawsALineFromLeftToRightAndZeroAtTheBottom() throws Exception {
        Document chart = parsed(new LineChart(
                        "figures",
                        List.of(new LineChart.Line(
                                "one", List.of(new LineChart.Point(0, 0), new LineChart.Point(2, 4)))),
                        List.of(1.0, 99.0))
                .svg());

        String path =
                attribute(chart, "path", chart.getElementsByTagName("path").getLength() - 1, "d");
        assertThat(path).isEqualTo("M64.0 208.0L720.0 48.0");
        assertThat(chart.getElementsByTagName("path").getLength())
                .as("one mark, five lines of the grid, one figure: the mark past the end is left out")
                .isEqualTo(7);
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static double number(Document chart, String tag, int index, String attribute) {
        return Double.parseDouble(attribute(chart, tag, index, attribute));
    }

    private static String attribute(Document chart, String tag, int index, String attribute) {
        return ((Element) chart.getElementsByTagName(tag).item(index)).getAttribute(attribute);
    }
}
