package dev.sluice.gateway.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.sluice.gateway.console.browser.Roles.button;
import static dev.sluice.gateway.console.browser.Roles.heading;
import static dev.sluice.gateway.console.browser.Roles.openFirst;
import static dev.sluice.gateway.console.browser.Roles.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.console.Visit;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.rig.ledger.Ledger;
import dev.sluice.gateway.rig.ledger.Sightings;
import dev.sluice.gateway.rig.traffic.Load;
import dev.sluice.gateway.rig.traffic.LoadPlan;
import dev.sluice.gateway.rig.traffic.Receiver;
import dev.sluice.gateway.rig.traffic.Target;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What goes on in pages by itself, as a browser shows it. */
final class LiveBrowserIT extends InBrowser {
    private static final int ROWS_MAX = 25;

    /** A page that answers within milliseconds otherwise is frozen when it says nothing for so long. */
    private static final Duration FROZEN = Duration.ofSeconds(10);

    private static final LoadPlan FLOOD = new LoadPlan(16, 1_000, Duration.ofSeconds(20), 0, true);
    private static final Duration ALL_OF_IT = Duration.ofMinutes(5);
    private static final int FLOOD_EVENTS = 20_000;
    private static final String SECRET = Planted.secret("flood");
    private static final Pattern SAMPLED = Pattern.compile("Showing \\d+ of \\d{2,} events in the last second.*");
    private static final String COUNT_FRAMES =
            "document.addEventListener('htmx:sseMessage', () => { document.body.dataset.frames = 1 + Number(document.body.dataset.frames ?? 0); })";

    /** The list as it is at first, and again after a connection that was lost. */
    private static final int FRAMES_SPARE = 3;

    LiveBrowserIT(ConsoleGateway gateway, Chromium chromium) {
        super(gateway, chromium);
    }

    @Test
    void followsEventsAndFiguresWithoutBeingAsked() throws IOException, InterruptedException {
        String watched = instance("Followed");
        URI webhookUrl = acts.webhookUrl(watched);
        Acts.hire(webhookUrl, 1);
        try (BrowserContext window = window()) {
            Page overview = window.newPage();
            overview.navigate("/console");
            Page list = window.newPage();
            list.navigate(eventsOf(watched));
            Locator rows = rows(list);
            assertThat(rows).hasCount(1);
            Locator first = list.locator("tbody a").first();
            first.focus();

            Acts.hire(webhookUrl, 2);

            assertThat(rows).hasCount(2);
            assertThat(rows(list).first()).containsText("application updated 2");
            assertThat(list.locator("tbody time").first().getAttribute("title")).endsWith("(UTC)");
            assertThat(list.evaluate("document.activeElement.closest('tr')?.textContent.includes('updated 1')"))
                    .as("what had the focus has it still")
                    .isEqualTo(true);
            assertThat(overview.getByText(Pattern.compile("webhooks? in the last hour")))
                    .not()
                    .hasText("0 webhooks in the last hour");

            button(list, "Pause").click();
            Acts.hire(webhookUrl, 3);
            Page other = window.newPage();
            other.navigate(eventsOf(watched));
            assertThat(rows(other)).hasCount(3);
            Acts.hire(webhookUrl, 4);
            assertThat(rows(other)).hasCount(4);
            assertThat(rows).hasCount(2);
            button(list, "Pause").click();
            assertThat(rows).hasCount(4);
        }
    }

    @Test
    void saysThatTheConnectionIsLostAndGoesOnWhenItIsBack() {
        try (BrowserContext window =
                chromium.window(gateway, gateway.administrator(), Chromium.NARROW, ColorScheme.DARK)) {
            Page page = window.newPage();
            page.navigate("/console");
            Locator lost = page.getByText("The connection is lost");
            assertThat(lost).isHidden();

            window.setOffline(true);
            assertThat(lost).isVisible();
            assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
            window.setOffline(false);
            assertThat(lost).isHidden();
        }
    }

    @Test
    void showsAnEventAsDeliveredAsSoonAsItIs() throws IOException, InterruptedException {
        AtomicInteger status = new AtomicInteger(500);
        try (Receiver callback = Receiver.start(new Sightings(), id -> status.get());
                BrowserContext window = window()) {
            String broken = acts.instance(
                    "Broken for a while",
                    callback.url(),
                    Map.of("event.notification.retry.schedule", "4s,8s,12s,16s,64s"));
            Acts.hire(acts.webhookUrl(broken), 5);
            Page page = window.newPage();
            page.navigate(eventsOf(broken));
            openFirst(page);
            assertThat(page.getByText("Attempt 1: status 500")).isVisible();
            assertThat(page.locator("#event-status")).hasText("dispatched");

            status.set(200);

            assertThat(page.getByText(Pattern.compile("Attempt \\d: status 200")))
                    .isVisible();
            assertThat(page.locator("#event-status")).hasText("notified");
        }
    }

    @Test
    @Tag("faults")
    void staysUsableAtAThousandEventsASecond() throws IOException, InterruptedException {
        Visit viewer = gateway.newcomer("Flooded");
        Sightings sightings = new Sightings();
        Ledger ledger = new Ledger(FLOOD.firstId());
        try (Receiver callback = Receiver.start(sightings, id -> 200);
                BrowserContext window = chromium.window(gateway, viewer, Chromium.WIDE, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            page.navigate(pushed(viewer, callback.url()));
            Target target = Target.local(
                    URI.create(gateway.url()).getPort(),
                    URI.create(page.getByLabel("Webhook URL").inputValue()).getPath(),
                    SECRET);
            page.navigate("/console/events");
            page.evaluate(COUNT_FRAMES);
            long began = System.nanoTime();
            Thread load = new Thread(new Load(target, FLOOD, ledger), "load");
            load.start();

            assertThat(page.getByText(SAMPLED)).isVisible();
            openOneOfThem(window);
            await().atMost(ALL_OF_IT).pollInSameThread().until(() -> {
                assertHolds(page, began);
                return !load.isAlive();
            });

            assertThat(ledger.acknowledged()).isEqualTo(FLOOD_EVENTS);
            assertThat(page.locator(".pace")).isHidden();
            assertHolds(page, began);
            await().atMost(ALL_OF_IT).until(() -> sightings.distinct() == FLOOD_EVENTS);
        }
    }

    /** Makes an instance of GitHub; the path of its page. */
    private static String pushed(Visit visit, String callback) throws IOException, InterruptedException {
        return visit.posted(
                "/console/elements/github/create",
                Map.of(
                        "name", "Flooded",
                        "github.organization", "acme",
                        "github.repository", "tides",
                        "event.vendor.signature.key", SECRET,
                        "event.notification.enabled", "true",
                        "event.notification.callback.url", callback));
    }

    /** Whoever wants to read one of them holds the list still and opens it. */
    private static void openOneOfThem(BrowserContext window) {
        Page page = window.newPage();
        page.navigate("/console/events");
        button(page, "Pause").click();
        openFirst(page);
        assertThat(heading(page, "Timeline")).isVisible();
        page.close();
    }

    /** The page answers, has no more rows than a list has, and was changed once a second at most. */
    private static void assertHolds(Page page, long beganNanos) {
        long asked = System.nanoTime();
        assertThat(rows(page).count()).isBetween(1, ROWS_MAX);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(FROZEN);
        int frames = (int) page.evaluate("Number(document.body.dataset.frames)");
        assertThat(frames)
                .isBetween(
                        1,
                        FRAMES_SPARE
                                + (int) Duration.ofNanos(System.nanoTime() - beganNanos)
                                        .toSeconds());
    }
}
