package dev.sluice.gateway.console.browser;

import static org.junit.jupiter.api.Assertions.fail;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.console.Visit;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The browser that the machine has, one for all tests. */
final class Chromium implements AutoCloseable {
    static final int NARROW = 360;
    static final int WIDE = 1280;

    private static final String PROGRAM = "chromium";
    private static final String MISSING =
            "Chromium is not installed (expected: the command " + PROGRAM + " on the PATH)";
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
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /** Gives tests the one that is started with the first of them. Without one they are skipped, but not in CI, which installs it. */
    static final class Shared implements ExecutionCondition, ParameterResolver {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return program().isPresent() || "true".equals(System.getenv("CI"))
                    ? ConditionEvaluationResult.enabled("")
                    : ConditionEvaluationResult.disabled(MISSING);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Chromium.class;
        }

        @Override
        public Chromium resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(Chromium.class))
                    .computeIfAbsent(
                            Chromium.class,
                            unused -> new Chromium(program().orElseGet(() -> fail(MISSING))),
                            Chromium.class);
        }

        private static Optional<Path> program() {
            return Pattern.compile(Pattern.quote(File.pathSeparator))
                    .splitAsStream(System.getenv("PATH"))
                    .map(directory -> Path.of(directory, PROGRAM))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    /** A window of the usual width that is signed in as the administrator is. */
    BrowserContext window(ConsoleGateway gateway) {
        return window(gateway, gateway.administrator(), WIDE, ColorScheme.LIGHT);
    }

    /** A window of that width that is signed in as the visit is. */
    BrowserContext window(ConsoleGateway gateway, Visit visit, int width, ColorScheme colors) {
        BrowserContext window = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(gateway.url())
                .setViewportSize(width, 800)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB")
                .setColorScheme(colors)
                .setPermissions(List.of("clipboard-read", "clipboard-write"))
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
