package dev.sluice.gateway.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.sluice.gateway.console.browser.Roles.button;
import static dev.sluice.gateway.console.browser.Roles.field;
import static dev.sluice.gateway.console.browser.Roles.link;
import static dev.sluice.gateway.console.browser.Roles.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The list of events, looked through and taken away. */
final class ListBrowserIT extends InBrowser {
    private static final int PAGE = 25;
    private static final int ALL = PAGE + 2;

    ListBrowserIT(ConsoleGateway gateway, Chromium chromium) {
        super(gateway, chromium);
    }

    @Test
    void narrowsAListDownTurnsItsPagesAndTakesItAlong() throws IOException, InterruptedException {
        String instance = instance("Looked through");
        Acts.hireAtOnce(acts.webhookUrl(instance), LongStream.rangeClosed(1, ALL));
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate(instance);
            link(page, "Events").last().click();
            Locator rows = rows(page);
            assertThat(rows).hasCount(PAGE);
            field(page, "Status").selectOption("notified");
            button(page, "Search").click();
            assertThat(page).hasURL(Pattern.compile("status=NOTIFIED"));
            assertThat(rows).hasCount(PAGE);

            Set<String> seen = events(page);
            link(page, "Older").click();
            assertThat(rows).hasCount(ALL - PAGE);
            seen.addAll(events(page));
            assertThat(seen).hasSize(ALL);
            link(page, "Newest").click();
            assertThat(rows).hasCount(PAGE);

            assertThat(download(page)).startsWith("id,received,status").hasLineCount(1 + ALL);
            field(page, "Object ID").fill("13");
            button(page, "Search").click();
            assertThat(rows).hasCount(1);
            assertThat(rows).containsText("application updated 13");
            assertThat(download(page)).contains("Looked through").hasLineCount(2);
            field(page, "Status").selectOption("failed");
            button(page, "Search").click();
            assertThat(page.getByText("None like that")).isVisible();
        }
    }

    private static Set<String> events(Page page) {
        Set<String> events = new TreeSet<>();
        page.locator("tbody td:first-child a").all().forEach(each -> events.add(each.getAttribute("href")));
        return events;
    }

    private static String download(Page page) throws IOException {
        Download file = page.waitForDownload(() -> link(page, "Export as CSV").click());
        assertThat(file.suggestedFilename()).endsWith(".csv");
        return Files.readString(file.path());
    }
}
