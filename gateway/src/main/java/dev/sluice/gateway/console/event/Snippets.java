package dev.sluice.gateway.console.event;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a receiver verifies a notification, and how to send one by hand. */
final class Snippets {
    private static final String NODE = """
            // npm install standardwebhooks
            import { Webhook } from "standardwebhooks";
            // headers and body of the request that brought %1$s; the body as received, not parsed
            const message = new Webhook(process.env.SIGNATURE_KEY).verify(body, headers);""";
    private static final String PYTHON = """
            # pip install standardwebhooks
            from standardwebhooks.webhooks import Webhook
            # headers and body of the request that brought %1$s; the body as received, not parsed
            message = Webhook(os.environ["SIGNATURE_KEY"]).verify(body, headers)""";
    private static final String JAVA = """
            // com.standardwebhooks:standardwebhooks
            import com.standardwebhooks.Webhook;
            // headers and body of the request that brought %1$s; the body as received, not parsed
            new Webhook(System.getenv("SIGNATURE_KEY")).verify(body, headers);""";

    private Snippets() {}

    /** By the language's name; the key is in the environment, because it does not belong into code. */
    static Map<String, String> verifying(String webhookId) {
        Map<String, String> snippets = new LinkedHashMap<>();
        snippets.put("Java", JAVA.formatted(webhookId));
        snippets.put("Node", NODE.formatted(webhookId));
        snippets.put("Python", PYTHON.formatted(webhookId));
        return snippets;
    }

    /** Sends the same notification, unsigned, from a shell. */
    static String curl(String url, String webhookId, String notification) {
        return "curl -sS -X POST " + quoted(url) + " -H 'Content-Type: application/json' -H "
                + quoted("webhook-id: " + webhookId) + " --data-binary " + quoted(notification);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
