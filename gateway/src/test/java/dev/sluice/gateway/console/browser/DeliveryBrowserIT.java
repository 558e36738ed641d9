package dev.sluice.gateway.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.sluice.gateway.console.browser.Roles.button;
import static dev.sluice.gateway.console.browser.Roles.link;
import static dev.sluice.gateway.console.browser.Roles.openFirst;
import static dev.sluice.gateway.console.browser.Roles.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.delivery.Receiver;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Sending: for a try, once more, many at once, and not at all. The callback answers when a test lets it. */
final class DeliveryBrowserIT extends InBrowser {
    private static final Map<String, String> NO_RETRY_SOON =
            Map.of("event.notification.retry.schedule", "7200s,14400s");

    DeliveryBrowserIT(ConsoleGateway gateway, Chromium chromium) {
        super(gateway, chromium);
    }

    @Test
    void sendsATestEventAndSeesItArrive() throws IOException, InterruptedException {
        try (Receiver callback = new Receiver();
                BrowserContext window = window()) {
            Sinks.Empty<Void> answer = answersLater(callback);
            Page page = window.newPage();
            page.navigate(acts.instance("Tried in a browser", callback.url(), Map.of()));
            link(page, "Send a test event").click();
            page.getByLabel("What happens").selectOption("hire_candidate");
            button(page, "Send").click();

            Locator row = rows(page);
            assertThat(row).hasCount(1);
            assertThat(row).not().containsText("notified");
            page.evaluate("window.still = true");
            answer.tryEmitEmpty().orThrow();
            assertThat(row).containsText("notified");
            assertThat(page.evaluate("window.still")).as("without a load").isEqualTo(true);
            row.getByRole(AriaRole.LINK).first().click();
            assertThat(page.getByText("hire_candidate").first()).isVisible();
        }
    }

    @Test
    void sendsAnEventAgainAfterItsCallbackWasMended() throws IOException, InterruptedException {
        try (Receiver callback = new Receiver();
                BrowserContext window = window()) {
            callback.answersEach((request, response) -> response.status(500).sendString(Mono.just("Out of order")));
            String instance = acts.instance("Mended", callback.url(), NO_RETRY_SOON);
            Acts.hire(acts.webhookUrl(instance), 1);
            Page page = window.newPage();
            page.navigate(eventsOf(instance));
            openFirst(page);
            assertThat(page.getByText("Attempt 1: status 500")).isVisible();

            Sinks.Empty<Void> answer = answersLater(callback);
            button(page, "Redeliver").click();
            page.waitForURL("**?done=redelivered");
            assertThat(page.getByText("Attempt 2: status 200")).isHidden();
            page.evaluate("window.still = true");
            Locator opened = page.getByText("What the callback answered");
            opened.click();
            answer.tryEmitEmpty().orThrow();
            assertThat(page.getByText("Attempt 2: status 200")).isVisible();
            assertThat(page.getByText("Out of order")).isVisible();
            assertThat(opened).isFocused();
            assertThat(page.locator("#event-status")).hasText("notified");
            assertThat(page.evaluate("window.still")).as("without a load").isEqualTo(true);
        }
    }

    @Test
    void sendsManyAgainAndSeesHowFarItHasCome() throws IOException, InterruptedException {
        try (Receiver callback = new Receiver();
                BrowserContext window = window()) {
            String instance = acts.instance("All of them", callback.url(), Map.of());
            Acts.hireAtOnce(acts.webhookUrl(instance), LongStream.rangeClosed(1, 3));
            Page page = window.newPage();
            page.navigate("/console/events?status=NOTIFIED&instance=" + id(instance));
            assertThat(rows(page)).hasCount(3);
            link(page, "Redeliver these").click();
            assertThat(rows(page)).hasCount(3);
            button(page, "Send them again").click();

            assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "100");
            assertThat(page.getByText("3 events and 3 deliveries so far")).isVisible();
            await().atMost(PATIENCE).until(() -> callback.received().size() == 6);
            link(page, "see what comes of them").click();
            assertThat(rows(page)).hasCount(3);
        }
    }

    @Test
    void stopsAnOrderHalfWay() throws IOException, InterruptedException {
        String instance = instance("Stopped half way");
        gateway.orderHalfWay(instance);
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate(instance + "/redeliveries");
            openFirst(page);
            Locator progress = page.getByRole(AriaRole.PROGRESSBAR);
            assertThat(progress).hasAttribute("value", "75");

            gateway.goOn(instance);
            assertThat(progress).hasAttribute("value", "87");
            button(page, "Cancel").click();
            assertThat(page.getByText("It was stopped there")).isVisible();
            assertThat(progress).hasAttribute("value", "87");
            assertThat(button(page, "Cancel")).isHidden();
        }
    }

    @Test
    void sendsWhatWaitsHoldsAnEndpointBackAndLetsItGoOn() throws IOException, InterruptedException {
        try (Receiver callback = new Receiver();
                BrowserContext window = window()) {
            callback.answersEach((request, response) -> response.status(503).send());
            String instance = acts.instance("Held back in a browser", callback.url(), NO_RETRY_SOON);
            Acts.hire(acts.webhookUrl(instance), 1);
            await().atMost(PATIENCE)
                    .until(() -> gateway.administrator()
                            .get(instance + "/endpoints")
                            .body()
                            .contains("/drain\""));
            Page page = window.newPage();
            page.navigate(instance + "/endpoints");
            callback.answersEach((request, response) -> response.status(200).send());
            button(page, "Send what waits").click();
            await().atMost(PATIENCE).until(() -> callback.received().size() == 2);

            button(page, "Deactivate").click();
            assertThat(page.getByText("deactivated", new Page.GetByTextOptions().setExact(true)))
                    .isVisible();
            Acts.hire(acts.webhookUrl(instance), 2);
            page.navigate(eventsOf(instance));
            assertThat(rows(page)).hasText(new Pattern[] {Pattern.compile("updated 2"), Pattern.compile("notified")});
            assertThat(rows(page).first()).not().containsText("notified");
            assertThat(callback.received()).hasSize(2);

            page.navigate(instance + "/endpoints");
            button(page, "Reactivate").click();
            assertThat(button(page, "Reactivate")).isHidden();
            await().atMost(PATIENCE).until(() -> callback.received().size() == 3);
        }
    }

    /** From now on the callback answers when the test says so. */
    private static Sinks.Empty<Void> answersLater(Receiver callback) {
        Sinks.Empty<Void> answer = Sinks.empty();
        callback.answersEach((request, response) ->
                answer.asMono().then(response.status(200).send().then()));
        return answer;
    }
}
