package dev.sluice.gateway.console.browser;

import com.microsoft.playwright.BrowserContext;
import dev.sluice.gateway.console.Acts;
import dev.sluice.gateway.console.ConsoleGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that looks at the gateway of all with the browser of all. */
@ExtendWith({ConsoleGateway.Shared.class, Chromium.Shared.class})
abstract class InBrowser {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final ConsoleGateway gateway;
    final Chromium chromium;

    /** What the administrator does elsewhere. */
    final Acts acts;

    InBrowser(ConsoleGateway gateway, Chromium chromium) {
        this.gateway = gateway;
        this.chromium = chromium;
        this.acts = new Acts(gateway.administrator());
    }

    /** A window of the usual width that is signed in as the administrator is. */
    final BrowserContext window() {
        return chromium.window(gateway);
    }

    /** Makes an instance that calls the demo; the path of its page. */
    final String instance(String name) throws IOException, InterruptedException {
        return acts.instance(name, gateway.url() + "/demo/callback", Map.of());
    }

    /** The path of the list of that instance's events. */
    static String eventsOf(String instance) {
        return "/console/events?instance=" + id(instance);
    }

    /** The id of the instance of that page. */
    static String id(String instance) {
        return instance.replaceAll(".*/", "");
    }
}
