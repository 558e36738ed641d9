package dev.sluice.gateway.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.console.ConsoleGateway;
import dev.sluice.gateway.console.Visit;
import dev.sluice.gateway.planted.Planted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All pages of the console, of an instance that has something to show on each. */
final class Tour {
    private static final Pattern EVENT = Pattern.compile("/console/events/[A-Za-z0-9_-]{32}");

    private final String instance;
    private final String event;
    private final String order;

    Tour(ConsoleGateway gateway) throws IOException, InterruptedException {
        Visit administrator = gateway.administrator();
        this.instance = administrator
                .posted(
                        "/console/elements/github/create",
                        Map.of(
                                "name", "Shop, production",
                                "github.organization", "acme",
                                "github.repository", "shop",
                                "event.vendor.signature.key", Planted.secret("key"),
                                "event.notification.enabled", "true",
                                "event.notification.callback.url", gateway.url() + "/demo/callback",
                                "tags", "shop, production"))
                .replaceAll("\\?.*", "");
        Matcher shown = EVENT.matcher(administrator
                .get(administrator.posted(instance + "/try", Map.of("type", "push.commits")))
                .body());
        assertThat(shown.find()).isTrue();
        this.event = shown.group();
        this.order = administrator.posted(redelivery(), Map.of());
    }

    private String redelivery() {
        return "/console/events/redeliver?from=2026-01-01T00:00:00Z&instance=" + InBrowser.id(instance);
    }

    /** The instance's page. */
    String instance() {
        return instance;
    }

    /** The page of an event of the instance. */
    String event() {
        return event;
    }

    /** The page of an order to send the instance's events again. */
    String order() {
        return order;
    }

    /** The paths of all pages that who is signed in may see. */
    List<String> pages() {
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
                redelivery(),
                instance + "/redeliveries",
                "/console/endpoints",
                "/console/endpoints?trouble=yes",
                instance + "/signature-key",
                order,
                event,
                "/console/sign-in",
                "/console/nothing-here",
                "/console/instances/1");
    }

    /** The name of a page's picture, which is the same on the next run. */
    String picture(String path) {
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
}
