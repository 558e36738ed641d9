package dev.sluice.gateway.command;

import dev.sluice.gateway.delivery.notification.Recipient;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code listen --forward-to URL}: an instance's notifications from now on, also to a server on this machine. */
final class ListenCommand {
    private static final int A_LOOK = 100;

    private final GatewayApi api;
    private final Forwarding forwarding;
    private final PrintStream out;
    private Set<String> seen = Set.of();

    ListenCommand(GatewayApi api, Forwarding forwarding, PrintStream out) {
        this.api = api;
        this.forwarding = forwarding;
        this.out = out;
    }

    /**
     * Goes on until it has handed on that many.
     *
     * @param most 0 for no end
     */
    int run(long instanceId, int most) {
        String element = api.instance(instanceId).path("element").path("key").asString();
        String topic = URLEncoder.encode(Recipient.topic(instanceId, element), StandardCharsets.UTF_8);
        String path = "/notifications?topics%5B%5D=" + topic + "&pageSize=" + A_LOOK;
        remember(look(path));
        out.println("Listening to instance " + instanceId + " (" + element + "), forwarding to " + forwarding.target()
                + ". Ctrl-C ends it.");
        int handedOn = 0;
        while (most == 0 || handedOn < most) {
            List<JsonNode> fresh = fresh(look(path));
            fresh.forEach(notification -> out.println(forwarding.forward(notification)));
            handedOn += fresh.size();
            if (fresh.isEmpty() && !pause()) {
                return 0;
            }
        }
        return 0;
    }

    private List<JsonNode> look(String path) {
        List<JsonNode> notifications = new ArrayList<>();
        api.get(path).forEach(notifications::add);
        return notifications;
    }

    /** The oldest first. */
    private List<JsonNode> fresh(List<JsonNode> newestFirst) {
        List<JsonNode> fresh = new ArrayList<>(newestFirst);
        fresh.removeIf(notification -> seen.contains(id(notification)));
        if (fresh.size() == A_LOOK) {
            out.println("More than " + A_LOOK + " came since the last look; older ones among them are not handed on.");
        }
        Collections.reverse(fresh);
        remember(newestFirst);
        return fresh;
    }

    /** The list is by time, so what has left it never comes back. */
    private void remember(List<JsonNode> notifications) {
        Set<String> ids = new HashSet<>();
        notifications.forEach(notification -> ids.add(id(notification)));
        seen = Set.copyOf(ids);
    }

    private static String id(JsonNode notification) {
        return notification.path("id").asString();
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
