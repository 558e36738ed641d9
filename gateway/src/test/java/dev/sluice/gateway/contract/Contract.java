package dev.sluice.gateway.contract;

import dev.sluice.gateway.contract.Exchange.Answered;
import dev.sluice.gateway.contract.Exchange.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What requests and answers have to be like. */
public final class Contract {
    private static final Contract SHARED = new Contract(ApiDocument.load());

    /** With these, a request was refused before anybody looked at its path and method. */
    private static final Set<Integer> REFUSED_EARLY = Set.of(400, 401, 429, 503);

    private final ApiDocument document;
    private final Content content;

    Contract(ApiDocument document) {
        this.document = document;
        this.content = new Content(new Schemas(document.whole().root()));
    }

    /** Begins a client whose every call is held against the document. */
    public static WebTestClient.Builder client() {
        return WebTestClient.bindToServer(new CheckedConnector(SHARED));
    }

    /**
     * Holds a notification, as a callback got it, against the document.
     *
     * @param ownHeaders those that the instance's configuration adds
     */
    public static void checkNotification(Map<String, List<String>> headers, String body, String... ownHeaders) {
        SHARED.content.failOn(
                "notification", SHARED.webhookProblems("notification", headers, body, Set.of(ownHeaders)));
    }

    /**
     * Holds what an organization was told, as its webhook got it, against the document.
     *
     * @param topic the name under which the document has it
     */
    public static void checkNotice(String topic, Map<String, List<String>> headers, String body) {
        SHARED.content.failOn(topic, SHARED.webhookProblems(topic, headers, body, Set.of()));
    }

    static Contract shared() {
        return SHARED;
    }

    /**
     * Holds an exchange against the document. What is not for the API is not looked at.
     *
     * @throws AssertionError when it is not as the document says
     */
    void check(Exchange exchange) {
        content.failOn(
                exchange.sent().method() + " " + exchange.sent().uri() + " answers "
                        + exchange.answered().status(),
                problems(exchange));
    }

    List<String> problems(Exchange exchange) {
        Sent sent = exchange.sent();
        String path = sent.uri().getRawPath();
        if (!path.startsWith(ApiDocument.BASE + "/") || sent.method().equals("OPTIONS")) {
            return List.of();
        }
        String below = path.substring(ApiDocument.BASE.length()).replaceFirst("/$", "");
        Optional<List<Operation>> operations = document.find(below);
        if (operations.isEmpty()) {
            return refused(exchange.answered(), 404, below + ": an undocumented path");
        }
        String method = sent.method().equals("HEAD") ? "GET" : sent.method();
        return operations.get().stream()
                .filter(operation -> operation.method().equals(method))
                .findFirst()
                .map(operation -> problems(operation, exchange))
                .orElseGet(() -> refused(exchange.answered(), 405, method + " " + below + ": an undocumented method"));
    }

    /** What the document does not know has to be refused. */
    private List<String> refused(Answered answered, int status, String otherwise) {
        if (answered.status() != status && !REFUSED_EARLY.contains(answered.status())) {
            return List.of(otherwise);
        }
        return content.problems(
                document.whole().get("components").get("responses").get("NotFound"), answered.body());
    }

    private List<String> problems(Operation operation, Exchange exchange) {
        List<String> problems = new ArrayList<>(RequestCheck.unknownQuery(operation, exchange.sent()));
        if (exchange.answered().isSuccess()) {
            problems.addAll(new RequestCheck(content, operation).problems(exchange.sent()));
        }
        problems.addAll(new ResponseCheck(content, operation)
                .problems(exchange.answered(), exchange.sent().method().equals("HEAD")));
        return problems;
    }

    List<String> webhookProblems(String name, Map<String, List<String>> headers, String body, Set<String> ownHeaders) {
        return new NotificationCheck(content, document.webhook(name)).problems(headers, body, ownHeaders);
    }
}
