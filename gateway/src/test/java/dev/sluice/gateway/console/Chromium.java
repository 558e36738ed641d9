package dev.sluice.gateway.console;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The browser that the machine has; without one tests are skipped, but not in CI, which installs it. */
final class Chromium implements AutoCloseable {
    private static final String PROGRAM = "chromium";
    private static final int PATIENCE_MILLIS = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    static Chromium start() {
        Optional<Path> program = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getenv("PATH"))
                .map(directory -> Path.of(directory, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty()) {
            String missing = "Chromium is not installed (expected: the command " + PROGRAM + " on the PATH)";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
        return new Chromium(program.orElseThrow());
    }

    /** A window of that width that is signed in as the visit is. */
    BrowserContext window(ConsoleGateway gateway, Visit visit, int width, ColorScheme colors) {
        BrowserContext window = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(gateway.url())
                .setViewportSize(width, 800)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB")
                .setColorScheme(colors)
                // A colour on its way to another is nobody's contrast.
                .setReducedMotion(ReducedMotion.REDUCE));
        window.setDefaultTimeout(PATIENCE_MILLIS);
        if (!visit.cookie().isEmpty()) {
            window.addCookies(List.of(new Cookie(Visit.COOKIE, visit.cookie()).setUrl(gateway.url())));
        }
        return window;
    }

    /** What these rules find wrong with the page they were made for. */
    static List<String> violations(String where, AxeBuilder rules) {
        return rules.analyze().getViolations().stream()
                .map(rule -> where + ": " + rule.getId() + " "
                        + rule.getNodes().stream().map(CheckedNode::getHtml).toList())
                .toList();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
