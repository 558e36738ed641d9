package dev.sluice.gateway.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ConsoleGateway.Shared.class)
@TestInstance(Lifecycle.PER_CLASS)
final class ConsoleBrowserIT {
    private static final int NARROW = 360;
    /** More than a line of text is high, less than two. */
    private static final double LINES = 48;

    private static final int WIDE = 1280;
    private static final int PATIENCE_MILLIS = 60_000;
    /** Names a directory, below the repository, to write a picture of each page into. */
    private static final String PICTURES = System.getProperty("console.screenshots", "");

    private final ConsoleGateway gateway;
    private Chromium chromium;
    private final String instance;
    private final String event;
    private final String order;

    ConsoleBrowserIT(ConsoleGateway gateway) throws IOException, InterruptedException {
        this.gateway = gateway;
        this.instance = gateway.administrator()
                .post(
                        "/console/elements/github/create",
                        Map.of(
                                "name", "Shop, production",
                                "github.organization", "acme",
                                "github.repository", "shop",
                                "event.vendor.signature.key", Planted.secret("key"),
                                "event.notification.enabled", "true",
                                "event.notification.callback.url", gateway.url() + "/demo/callback",
                                "tags", "shop, production"))
                .headers()
                .firstValue("Location")
                .orElseThrow()
                .replaceAll("\\?.*", "");
        Matcher shown = Pattern.compile("/console/events/[A-Za-z0-9_-]{32}")
                .matcher(gateway.administrator()
                        .get(posted(instance + "/try", Map.of("type", "push.commits")))
                        .body());
        assertThat(shown.find()).isTrue();
        this.event = shown.group();
        this.order = posted(
                "/console/events/redeliver?from=2026-01-01T00:00:00Z&instance=" + instance.replaceAll(".*/", ""),
                Map.of());
    }

    private String posted(String path, Map<String, String> form) throws IOException, InterruptedException {
        return gateway.administrator()
                .post(path, form)
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    @BeforeAll
    void openBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    void closeBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private List<String> pages() {
        return List.of(
                "/console",
                "/console/elements",
                "/console/elements/github/create",
                "/console/instances",
                instance,
                instance + "/edit",
                instance + "/delete",
                instance + "/connect",
                instance + "/try",
                instance + "/endpoints",
                "/console/events",
                "/console/events?status=FAILED",
                "/console/events/redeliver",
                "/console/events/redeliver?from=2026-01-01T00:00:00Z&instance=" + instance.replaceAll(".*/", ""),
                instance + "/redeliveries",
                "/console/endpoints",
                "/console/endpoints?trouble=yes",
                instance + "/signature-key",
                order,
                event,
                "/console/nothing-here",
                "/console/instances/1");
    }

    @Test
    void isAccessibleOnEveryPage() {
        List<String> found = new ArrayList<>();
        try (BrowserContext window = chromium.window(gateway, gateway.administrator(), WIDE, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            for (String path : pages()) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                page.navigate(path);
                take(page, picture(path));
                page.locator("details").all().forEach(each -> each.evaluate("details => details.open = true"));
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

    /** The name of a page's picture, which is the same on the next run. */
    private String picture(String path) {
        return path.replaceFirst("^/console$", "/console/overview")
                        .replace(order, "/console/redelivery")
                        .replace(event, "/console/event")
                        .replace(instance, "/console/instance")
                        .replaceFirst("/console/", "")
                        .replaceFirst("\\?trouble=yes", "-trouble")
                        .replaceFirst("\\?status=", "-")
                        .replaceFirst("\\?.*", "-confirm")
                        .replace('/', '-')
                + ".png";
    }

    @Test
    void signsInByTheForm() {
        try (BrowserContext window = chromium.window(gateway, gateway.visit(), WIDE, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            page.navigate("/console/elements");
            take(page, "sign-in.png");
            assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
            page.getByLabel("Organization secret").fill(ConsoleGateway.ORGANIZATION);
            page.getByLabel("User secret").fill(ConsoleGateway.USER);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                    .click();
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Elements")))
                    .isVisible();
        }
    }

    @Test
    void fitsOnANarrowScreen() {
        try (BrowserContext window = chromium.window(gateway, gateway.administrator(), NARROW, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            for (String path : pages()) {
                page.navigate(path);
                Object width = page.evaluate("document.documentElement.scrollWidth");
                assertThat(width).as(path).isEqualTo(NARROW);
                for (Locator link : page.locator(".top nav a").all()) {
                    assertThat(link.boundingBox().height)
                            .as("%s: %s in one line", path, link.textContent())
                            .isLessThan(LINES);
                }
            }
        }
    }

    @Test
    void makesAnInstanceByKeyboardAloneAndSeesItsFirstWebhook() throws IOException, InterruptedException {
        try (BrowserContext window = chromium.window(gateway, gateway.administrator(), WIDE, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            page.navigate("/console/elements/greenhouse/create");
            tabTo(page, page.locator("#name"));
            page.keyboard().type("By keyboard");
            tabTo(page, page.locator("details.more summary"));
            page.keyboard().press("Enter");
            tabTo(page, page.locator("[name='event.notification.retry.schedule']"));
            page.keyboard().type("8s,64s");
            tabTo(page, page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create Instance")));
            page.keyboard().press("Enter");
            page.waitForURL("**/console/instances/*?done=created");
            assertThat(page.getByText("Waiting for the first webhook")).isVisible();

            String webhookUrl = page.getByLabel("Webhook URL").inputValue();
            HttpRequest webhook = HttpRequest.newBuilder(URI.create(webhookUrl))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"action\":\"new_candidate_application\",\"payload\":{}}", UTF_8))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(webhook, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(page.getByText("Webhooks arrive")).isVisible(new IsVisibleOptions().setTimeout(PATIENCE_MILLIS));
        }
    }

    private static void tabTo(Page page, Locator target) {
        for (int i = 0; i < 100; i++) {
            if (Boolean.TRUE.equals(target.evaluate("each => each === document.activeElement"))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("not reached by the keyboard: " + target);
    }

    @Test
    void showsTimesInTheViewersZoneAndTheExactOneOnHover() {
        try (BrowserContext window = chromium.window(gateway, gateway.administrator(), WIDE, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            page.navigate(instance);
            Locator created = page.locator("dd time");
            assertThat(created.getAttribute("title")).matches("\\d{4}-\\d\\d-\\d\\dT.*Z \\(UTC\\)");
            assertThat(created.textContent()).doesNotContain("Z");
        }
    }
}
