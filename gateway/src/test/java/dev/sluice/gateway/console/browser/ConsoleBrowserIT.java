package dev.sluice.gateway.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.isolation.RoutePaths;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is true of every page. */
@TestInstance(Lifecycle.PER_CLASS)
final class ConsoleBrowserIT extends InBrowser {
    /** More than a line of text is high, less than two. */
    private static final double LINES = 48;

    private static final String UNFOLD =
            "() => document.querySelectorAll('details').forEach(each => { each.open = true; })";
    private static final String SCROLL_WIDTH = "document.documentElement.scrollWidth";

    /** Names a directory, below the repository, to write a picture of each page into. */
    private static final String PICTURES = System.getProperty("console.screenshots", "");

    private final Tour tour;

    ConsoleBrowserIT(ConsoleGateway gateway, Chromium chromium) throws IOException, InterruptedException {
        super(gateway, chromium);
        this.tour = new Tour(gateway);
    }

    @Test
    void isAccessibleOnEveryPage() {
        List<String> found = new ArrayList<>();
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            for (String path : tour.pages()) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                page.navigate(path);
                take(page, tour.picture(path));
                page.evaluate(UNFOLD);
                found.addAll(Chromium.violations(path, new AxeBuilder(page)));
                // In the dark a page differs by its colours alone.
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                found.addAll(
                        Chromium.violations(path + " dark", new AxeBuilder(page).withRules(List.of("color-contrast"))));
            }
        }
        assertThat(found).isEmpty();
    }

    private static void take(Page page, String picture) {
        if (!PICTURES.isEmpty()) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("..", PICTURES, picture)));
        }
    }

    @Test
    void leavesNoPageOut() throws IOException, InterruptedException {
        for (String pattern : RoutePaths.below("/console", gateway.routes())) {
            Pattern path = Pattern.compile(pattern.replace("**", ".*").replaceAll("\\{[^/]+}", "[^/]+") + "(\\?.*)?");
            boolean isSeen =
                    tour.pages().stream().anyMatch(page -> path.matcher(page).matches());
            // A live list never ends.
            if (!isSeen && !pattern.endsWith("/tail")) {
                HttpResponse<String> answer = gateway.administrator()
                        .get(pattern.replace("/console/instances/{id}", tour.instance())
                                .replace("/console/events/{eventId}", tour.event())
                                .replaceAll("\\{[^/]+}", "1"));
                assertThat(answer.statusCode() == 200 && answer.body().contains("<main"))
                        .as("%s is a page that is not looked at", pattern)
                        .isFalse();
            }
        }
    }

    @Test
    void fitsOnANarrowScreenWhateverThingsAreCalled() throws IOException, InterruptedException {
        String unbroken = gateway.made("W".repeat(200), gateway.url() + "/demo/callback?" + "w".repeat(400));
        List<String> paths = new ArrayList<>(tour.pages());
        for (String below : List.of("", "/edit", "/delete", "/try", "/endpoints", "/redeliveries", "/signature-key")) {
            paths.add(unbroken + below);
        }
        for (String element : List.of("box", "hootsuite", "greenhouse", "mailchimpv3")) {
            paths.add("/console/elements/" + element + "/create");
        }
        try (BrowserContext window =
                chromium.window(gateway, gateway.administrator(), Chromium.NARROW, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            for (String path : paths) {
                page.navigate(path);
                assertThat(page.evaluate(SCROLL_WIDTH)).as(path).isEqualTo(Chromium.NARROW);
                for (Locator link : page.locator(".top nav a").all()) {
                    assertThat(link.boundingBox().height)
                            .as("%s: %s in one line", path, link.textContent())
                            .isLessThan(LINES);
                }
                page.evaluate(UNFOLD);
                assertThat(page.evaluate(SCROLL_WIDTH)).as("%s, unfolded", path).isEqualTo(Chromium.NARROW);
            }
        }
    }

    @Test
    void leadsEverywhereOnEveryPageByTheKeyboardAndShowsWhereItIs() {
        List<String> wrong = new ArrayList<>();
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.onPageError(wrong::add);
            Keyboard keyboard = new Keyboard(page);
            for (String path : tour.pages()) {
                page.navigate(path);
                keyboard.round().forEach(each -> wrong.add(path + ": " + each));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void showsTimesInTheViewersZoneAndTheExactOneOnHover() {
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate(tour.instance());
            Locator created = page.locator("dd time");
            assertThat(created.getAttribute("title")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z \\(UTC\\)");
            assertThat(created.textContent()).doesNotContain("Z");
        }
    }
}
