package dev.sluice.gateway.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.sluice.gateway.console.browser.Roles.button;
import static dev.sluice.gateway.console.browser.Roles.heading;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.console.ConsoleGateway.Secrets;
import dev.sluice.gateway.console.Visit;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ways in, and out. */
final class SignInBrowserIT extends InBrowser {
    SignInBrowserIT(ConsoleGateway gateway, Chromium chromium) {
        super(gateway, chromium);
    }

    @Test
    void signsInByTheFormAndOutOfEveryWindow() throws IOException, InterruptedException {
        Secrets secrets = gateway.secrets("Everywhere");
        Visit visit = gateway.visit();
        visit.signIn(secrets.organization(), secrets.user());
        String instance = new Acts(visit).instance("Watched elsewhere", gateway.url() + "/demo/callback", Map.of());
        try (BrowserContext one = newcomer(gateway.visit());
                BrowserContext other = newcomer(visit)) {
            Page elsewhere = other.newPage();
            elsewhere.navigate(instance);
            assertThat(elsewhere.getByText("Waiting for the first webhook")).isVisible();
            Page page = one.newPage();
            page.navigate("/console/elements");
            page.getByLabel("Organization secret").fill(secrets.organization());
            page.getByLabel("User secret").fill(secrets.user());
            button(page, "Sign in").click();
            assertThat(heading(page, "Elements")).isVisible();

            page.locator("details.menu summary").click();
            button(page, "Sign out everywhere").click();
            assertThat(heading(page, "Sign in to Sluice")).isVisible();
            // It asks whether webhooks have arrived, and learns that it may not ask any more.
            assertThat(heading(elsewhere, "Sign in to Sluice")).isVisible();
        }
    }

    @Test
    void signsInByTheLinkOfTheTerminalOnce() {
        String link = gateway.signInLink();
        try (BrowserContext first = newcomer(gateway.visit());
                BrowserContext second = newcomer(gateway.visit())) {
            Page page = first.newPage();
            page.navigate(link);
            assertThat(heading(page, "Overview")).isVisible();
            Page late = second.newPage();
            late.navigate(link);
            assertThat(late.getByText("This link has been used")).isVisible();
            late.navigate("/console/events");
            assertThat(heading(late, "Sign in to Sluice")).isVisible();
        }
    }

    private BrowserContext newcomer(Visit visit) {
        return chromium.window(gateway, visit, Chromium.WIDE, ColorScheme.LIGHT);
    }
}
