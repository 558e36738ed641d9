package dev.sluice.gateway.providers;

import dev.sluice.gateway.planted.Planted;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The webhooks that stand at a provider. */
public final class Hooks {
    /** What Mailchimp signs with: its own choice. */
    public static final String CHOSEN_SECRET = Planted.secret("chosen");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, JsonNode> standing = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger(52);
    private final String elementKey;

    Hooks(String elementKey) {
        this.elementKey = elementKey;
    }

    /** What each was registered with, by the path that names it. */
    public Map<String, JsonNode> standing() {
        return Map.copyOf(standing);
    }

    /** Removes all, as a person might at the provider. */
    public void clear() {
        standing.clear();
    }

    Told answer(Asked request) {
        String path = request.path();
        return switch (request.method()) {
            case "POST" -> create(path, JSON.readTree(request.body()));
            case "GET" -> standing.containsKey(path) ? Told.json(200, "{}") : notFound();
            case "DELETE" -> standing.remove(path) == null ? notFound() : new Told(204, "text/plain", "", Map.of());
            default -> Told.json(405, "{}");
        };
    }

    private static Told notFound() {
        return Told.json(404, "{\"message\":\"Not Found\"}");
    }

    private Told create(String path, JsonNode hook) {
        if (!path.endsWith("hooks")) {
            return notFound();
        }
        if (standing.entrySet().stream()
                .anyMatch(other -> other.getKey().startsWith(path + "/")
                        && place(other.getValue()).equals(place(hook)))) {
            return exists();
        }
        if (elementKey.equals("mailchimpv3") && !opens(hook.path("url").asString())) {
            return Told.json(400, "{\"detail\":\"We could not open the URL.\"}");
        }
        int id = next.incrementAndGet();
        standing.put(path + "/" + id, hook);
        return elementKey.equals("mailchimpv3")
                ? Told.json(
                        200,
                        "{\"id\":\"" + id + "\",\"list_id\":\"" + path.split("/", -1)[3] + "\",\"signing_secret\":\""
                                + CHOSEN_SECRET + "\"}")
                : Told.json(201, "{\"id\":" + id + "}");
    }

    /** Of what there can be only one. */
    private static String place(JsonNode hook) {
        return hook.path("target").toString() + hook.path("config").path("url") + hook.path("url");
    }

    private Told exists() {
        return switch (elementKey) {
            case "github" -> Told.json(422, "{\"errors\":[{\"message\":\"Hook already exists on this repository\"}]}");
            case "box" -> Told.json(409, "{\"message\":\"exists\"}");
            default -> Told.json(400, "{\"detail\":\"Sorry, you can't set up multiple WebHooks for one URL\"}");
        };
    }

    private static boolean opens(String url) {
        return OAuthServer.send(HttpRequest.newBuilder(URI.create(url)).build()).statusCode() == 200;
    }
}
