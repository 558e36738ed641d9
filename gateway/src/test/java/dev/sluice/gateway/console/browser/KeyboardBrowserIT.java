package dev.sluice.gateway.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.sluice.gateway.console.browser.Roles.button;
import static dev.sluice.gateway.console.browser.Roles.field;
import static dev.sluice.gateway.console.browser.Roles.heading;
import static dev.sluice.gateway.console.browser.Roles.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The ways of somebody who has a keyboard alone. */
final class KeyboardBrowserIT extends InBrowser {
    KeyboardBrowserIT(ConsoleGateway gateway, Chromium chromium) {
        super(gateway, chromium);
    }

    @Test
    void signsInSkipsTheMenuFindsAnInstanceAndSignsOut() throws IOException, InterruptedException {
        String instance = instance("Without a mouse");
        try (BrowserContext window = chromium.window(gateway, gateway.visit(), Chromium.WIDE, ColorScheme.LIGHT)) {
            Page page = window.newPage();
            Keyboard keyboard = new Keyboard(page);
            page.navigate("/console/instances");
            keyboard.type(page.getByLabel("Organization secret"), ConsoleGateway.ORGANIZATION)
                    .type(page.getByLabel("User secret"), ConsoleGateway.USER)
                    .press("Enter");
            page.waitForURL("**/console/instances");

            keyboard.press("Tab")
                    .to(link(page, "Skip to content"))
                    .press("Enter")
                    .press("Tab");
            assertThat(page.evaluate("document.activeElement.closest('main') !== null"))
                    .isEqualTo(true);
            keyboard.type(page.getByLabel("Name, tag or element"), "Without a mouse")
                    .press("Enter");
            page.waitForURL("**/console/instances?search=*");
            keyboard.use(link(page, "Without a mouse"));
            page.waitForURL("**" + instance);

            Locator menu = page.locator("details.menu");
            keyboard.use(menu.locator("summary"));
            keyboard.to(button(page, "Sign out everywhere")).press("Escape");
            assertThat(menu).not().hasAttribute("open", "");
            assertThat(menu.locator("summary")).isFocused();
            keyboard.press("Enter").use(button(page, "Sign out"));
            page.waitForURL("**/console/sign-in");
        }
    }

    @Test
    void makesAnInstanceAndSeesItsFirstWebhook() throws IOException, InterruptedException {
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            Keyboard keyboard = new Keyboard(page);
            page.navigate("/console/elements/greenhouse/create");
            keyboard.type(field(page, "Name"), "By keyboard").use(page.locator("details.more summary"));
            keyboard.type(field(page, "Retry Schedule"), "8s,64s").use(button(page, "Create Instance"));
            page.waitForURL("**/console/instances/*?done=created");
            assertThat(page.getByText("Waiting for the first webhook")).isVisible();

            Acts.hire(URI.create(page.getByLabel("Webhook URL").inputValue()), 1);
            assertThat(page.getByText("Webhooks arrive")).isVisible();
        }
    }

    @Test
    void readsTheTokenEditsAndDeletesAnInstance() throws IOException, InterruptedException {
        String instance = instance("Typed");
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            Keyboard keyboard = new Keyboard(page);
            page.navigate(instance);
            keyboard.use(page.getByText("View Token"));
            keyboard.use(page.locator("#token").getByRole(AriaRole.BUTTON));
            String token = page.locator("#token-value").textContent();
            await().pollInSameThread()
                    .untilAsserted(() -> assertThat(page.evaluate("navigator.clipboard.readText()"))
                            .isEqualTo(token));

            keyboard.backTo(link(page, "Edit")).press("Enter");
            page.waitForURL("**/edit");
            keyboard.type(field(page, "Name"), "Typed again")
                    .to(page.getByLabel("Events Enabled"))
                    .press("Space")
                    .use(button(page, "Update"));
            page.waitForURL("**" + instance + "?done=updated");
            assertThat(heading(page, "Typed again")).isVisible();
            assertThat(page.getByText("“Events Enabled” is not true")).isVisible();

            keyboard.use(link(page, "Edit"));
            page.waitForURL("**/edit");
            keyboard.type(field(page, "Name"), "Never").use(link(page, "Cancel"));
            page.waitForURL("**" + instance);
            assertThat(heading(page, "Typed again")).isVisible();

            keyboard.use(link(page, "Delete"));
            page.waitForURL("**/delete");
            keyboard.use(link(page, "Keep it"));
            page.waitForURL("**" + instance);
            keyboard.use(link(page, "Delete"));
            page.waitForURL("**/delete");
            keyboard.use(button(page, "Delete"));
            page.waitForURL("**/console/instances");
            assertThat(gateway.administrator().get(instance).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void opensAnEventSendsItAgainAndStopsAnOrder() throws IOException, InterruptedException {
        String instance = instance("Pressed");
        URI webhookUrl = acts.webhookUrl(instance);
        Acts.hire(webhookUrl, 1);
        gateway.orderHalfWay(instance);
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            Keyboard keyboard = new Keyboard(page);
            page.navigate(instance);
            keyboard.use(link(page, "Events").last());
            page.waitForURL("**/console/events?instance=*");
            keyboard.use(page.locator("tbody a").first());
            page.waitForURL("**/console/events/*");
            keyboard.use(button(page, "Redeliver"));
            page.waitForURL("**?done=redelivered");
            assertThat(page.getByText("It is sent again")).isVisible();

            page.navigate(instance + "/redeliveries");
            keyboard.use(page.locator("tbody a").first());
            page.waitForURL("**/redeliveries/*");
            Locator cancel = button(page, "Cancel");
            keyboard.to(cancel);
            gateway.goOn(instance);
            assertThat(page.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "87");
            assertThat(cancel).isFocused();
            keyboard.press("Enter");
            assertThat(page.getByText("It was stopped there")).isVisible();
        }
    }
}
