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
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.delivery.Receiver;
import dev.sluice.gateway.planted.Planted;
import dev.sluice.gateway.providers.TokenDesk;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making instances and changing them, as people do it. */
final class InstanceBrowserIT extends InBrowser {
    InstanceBrowserIT(ConsoleGateway gateway, Chromium chromium) {
        super(gateway, chromium);
    }

    @ParameterizedTest
    @CsvSource({"GitHub, github", "Box, box", "Hootsuite, hootsuite", "Greenhouse, greenhouse", "Mailchimp, mailchimpv3"
    })
    void makesAnInstanceOfEachElement(String element, String key) {
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate("/console/elements");
            link(page, "Create an instance of " + element).click();
            assertThat(field(page, "Name")).isVisible();
            for (Locator needed : page.locator(".field:has(.needed:text-is('(required)')) input")
                    .all()) {
                needed.fill("acme");
            }
            field(page, "Name").fill("Filled in for " + element);
            page.getByText("Show Optional Fields").click();
            field(page, "Callback Notification Signature Key").fill(Planted.secret("callback"));
            assertThat(field(page, "Events Enabled")).isChecked();
            field(page, "Event Notification Callback URL").fill(gateway.url() + "/demo/callback");
            field(page, "Element Instance Tags").fill("browser, " + key);
            button(page, "Create Instance").click();

            assertThat(heading(page, "Filled in for " + element)).isVisible();
            assertThat(page.getByText("The instance is ready.")).isVisible();
            assertThat(page.getByLabel("Webhook URL"))
                    .hasValue(Pattern.compile(".*/elements/api-v2/events/" + key + "/.+"));
            assertThat(page.getByText("browser, " + key)).isVisible();
        }
    }

    @Test
    void leadsFromEachProblemToItsField() {
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate("/console/elements/github/create");
            field(page, "Name").fill("Not yet right");
            page.getByText("Show Optional Fields").click();
            field(page, "Retry Schedule").fill("soon");
            button(page, "Create Instance").click();

            Locator problems = page.getByRole(AriaRole.ALERT);
            assertThat(problems.getByRole(AriaRole.LINK))
                    .hasText(new String[] {"GitHub Organization", "GitHub Repository", "Retry Schedule"});
            assertThat(field(page, "Name")).hasValue("Not yet right");
            problems.getByRole(AriaRole.LINK).last().click();
            assertThat(field(page, "Retry Schedule")).isFocused();
            assertThat(field(page, "Retry Schedule")).hasValue("soon");
        }
    }

    @Test
    void connectsToTheProviderAndOnceMoreFromEdit() {
        int exchanged = exchanged();
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate("/console/elements/github/create");
            field(page, "Name").fill("By consent, in a browser");
            field(page, "GitHub Organization").fill("acme");
            field(page, "GitHub Repository").fill("shop");
            field(page, "OAuth API Key").fill(TokenDesk.CLIENT_ID);
            field(page, "OAuth API Secret").fill(TokenDesk.CLIENT_SECRET);
            page.getByLabel("Connect to GitHub by OAuth").check();
            button(page, "Create Instance").click();

            consent(page);
            assertThat(exchanged()).isEqualTo(exchanged + 1);
            link(page, "Edit").click();
            button(page, "Update and Re-Authenticate").click();
            consent(page);
            assertThat(exchanged()).isEqualTo(exchanged + 2);
            assertThat(link(page, "Re-Authenticate")).isVisible();
        }
    }

    /** From our page to the provider's, which asks, and back. */
    private static void consent(Page page) {
        link(page, "Continue to GitHub").click();
        page.waitForURL("**/provider/authorize?*");
        page.locator("[name=username]").fill("ada");
        page.locator("[name=username]").press("Enter");
        assertThat(page.getByText("The provider has granted access.")).isVisible();
        assertThat(heading(page, "By consent, in a browser")).isVisible();
    }

    private int exchanged() {
        return gateway.github().asked("/oauth2/token").size();
    }

    @Test
    void replacesTheSignatureKeyWhileTheFormerOneSignsForAnHour() throws IOException, InterruptedException {
        try (Receiver callback = new Receiver();
                BrowserContext window = window()) {
            String instance = acts.instance("Signed anew", callback.url(), Map.of());
            Page page = window.newPage();
            page.navigate(instance + "/edit");
            button(page, "Make a key").click();
            Locator key = page.getByLabel("New key");
            String former = key.inputValue();
            assertThat(page.getByText("No former key signs any more")).isVisible();
            link(page, "To the instance").click();
            link(page, "Edit").click();
            page.getByLabel("The former key signs, too, for").selectOption("an hour");
            button(page, "Replace the key").click();

            assertThat(page.getByText("Notifications are signed with the new key from now on."))
                    .isVisible();
            assertThat(key).not().hasValue(former);
            assertThat(page.locator("main time")).hasAttribute("title", Pattern.compile("20.*Z \\(UTC\\)"));
            Acts.hire(acts.webhookUrl(instance), 1);
            await().atMost(PATIENCE).until(() -> !callback.received().isEmpty());
            assertThat(callback.received().get(0).header("webhook-signature")).matches("v1,\\S+ v1,\\S+");
            page.navigate(instance + "/edit");
            assertThat(page.getByText("The key before the last change signs, too, until"))
                    .isVisible();
        }
    }

    @Test
    void showsTheTokenOfAnInstanceFromItsCardAndTheWebhookUrlToCopy() throws IOException, InterruptedException {
        String instance = instance("Carded");
        URI webhookUrl = acts.webhookUrl(instance);
        try (BrowserContext window = window()) {
            Page page = window.newPage();
            page.navigate("/console/instances");
            field(page, "Name, tag or element").fill("carded");
            button(page, "Search").click();
            link(page, "View token of Carded").click();
            assertThat(page.locator("#token-value")).isVisible();
            assertThat(page.locator("#token-value")).isInViewport();

            page.locator(".copy", new Page.LocatorOptions().setHas(page.getByLabel("Webhook URL")))
                    .getByRole(AriaRole.BUTTON)
                    .click();
            await().atMost(PATIENCE)
                    .pollInSameThread()
                    .untilAsserted(() -> assertThat(page.evaluate("navigator.clipboard.readText()"))
                            .isEqualTo(webhookUrl.toString()));
        }
    }
}
