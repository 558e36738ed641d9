package dev.sluice.gateway.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinksTest {

    @Test
    void leadSomewhere() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            for (String link : page.links()) {
                links++;
                if (!leads(page, link)) {
                    broken.add(page.file().getFileName() + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    private static boolean leads(Page from, String link) {
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? from.file() : from.file().resolveSibling(parts[0]);
        return Files.exists(to)
                && (parts.length == 1 || Page.read(to.toString()).anchors().contains(parts[1]));
    }
}
