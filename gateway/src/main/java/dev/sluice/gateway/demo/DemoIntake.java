package dev.sluice.gateway.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One notification while its body arrives: signed over as a whole, kept only as far as it is shown. */
final class DemoIntake {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int KEPT_BYTES_MAX = 262_144;
    private static final int SHOWN_ITEMS_MAX = 3;
    private static final int SHOWN_CHARACTERS_MAX = 100;

    private final HttpHeaders headers;
    private final Mac elements = DemoKeys.elementsMac();
    private final Mac standard = DemoKeys.standardMac();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long bytes;

    DemoIntake(HttpHeaders headers) {
        this.headers = headers;
        standard.update(
                (header("webhook-id") + "." + header("webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] piece) {
        elements.update(piece);
        standard.update(piece);
        bytes += piece.length;
        if (bytes <= KEPT_BYTES_MAX) {
            kept.writeBytes(piece);
        }
    }

    DemoNotification finish(Instant receivedAt) {
        String elementsSignature = "sha256=" + base64(elements);
        String standardSignature = "v1," + base64(standard);
        return new DemoNotification(
                receivedAt,
                printable(header("webhook-id")),
                summary(),
                bytes,
                equal(elementsSignature, header("Elements-Webhook-Signature")),
                Arrays.stream(header("webhook-signature").split(" "))
                        .anyMatch(signature -> equal(standardSignature, signature)));
    }

    private String summary() {
        if (bytes > KEPT_BYTES_MAX) {
            return "too long to be shown";
        }
        try {
            JsonNode message = JSON.readTree(kept.toByteArray()).path("message");
            List<String> items = new ArrayList<>();
            for (JsonNode item : message.path("events")) {
                items.add(text(item, "objectType") + " " + text(item, "eventType") + " " + text(item, "objectId"));
            }
            String more = items.size() > SHOWN_ITEMS_MAX ? " and " + (items.size() - SHOWN_ITEMS_MAX) + " more" : "";
            return text(message, "elementKey") + " "
                    + String.join(", ", items.subList(0, Math.min(items.size(), SHOWN_ITEMS_MAX))) + more;
        } catch (JacksonException notJson) {
            return "not JSON";
        }
    }

    private String header(String name) {
        String value = headers.getFirst(name);
        return value == null ? "" : value;
    }

    private static String text(JsonNode object, String property) {
        return printable(object.path(property).asString(""));
    }

    /** What anyone may send must not steer the terminal. */
    private static String printable(String text) {
        String shown = text.length() > SHOWN_CHARACTERS_MAX ? text.substring(0, SHOWN_CHARACTERS_MAX) : text;
        return shown.isEmpty() ? "-" : shown.replaceAll("[^\\p{L}\\p{N}\\p{Punct} ]", "?");
    }

    private static String base64(Mac mac) {
        return Base64.getEncoder().encodeToString(mac.doFinal());
    }

    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
