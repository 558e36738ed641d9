package dev.sluice.gateway.benchmark;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Intake;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Verification;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.item.NormalizedItem;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.DatabaseAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What the gateway is compared with: the same server, doing one thing less each. */
final class ReferenceServer {
    private static final String INSERT = """
            INSERT INTO %s (instance_id, content_type, headers, items, body)
            VALUES (:instance, :contentType, CAST(:headers AS json), CAST(:items AS json), :body)""";

    private final Element element;
    private final Settings settings;

    private ReferenceServer(String secret) {
        this.element = Elements.all().find("github").orElseThrow();
        this.settings = new Settings(Map.of(Settings.VENDOR_SIGNATURE_KEY, secret));
    }

    /**
     * Starts one.
     *
     * @param arguments kind ({@link Reference}), port, secret, database URL
     */
    public static void main(String[] arguments) {
        ReferenceServer server = new ReferenceServer(arguments[2]);
        HandlerFunction<ServerResponse> handler = switch (Reference.valueOf(arguments[0])) {
            case BARE -> server::bare;
            case VERIFY -> server::verify;
            case INSERT -> server.insert(new Database(DatabaseAddress.parse(arguments[3]), 10));
        };
        HttpHandler http =
                RouterFunctions.toHttpHandler(route().POST("/elements/api-v2/events/{elementKey}/{encodedId}", handler)
                        .build());
        new NettyReactiveWebServerFactory(Integer.parseInt(arguments[1]))
                .getWebServer(http)
                .start();
    }

    private Mono<ServerResponse> bare(ServerRequest request) {
        return request.bodyToMono(byte[].class)
                .flatMap(body -> ServerResponse.ok().build());
    }

    private Mono<ServerResponse> verify(ServerRequest request) {
        return request.bodyToMono(byte[].class)
                .flatMap(body -> items(request, body))
                .flatMap(items -> ServerResponse.ok().build());
    }

    private HandlerFunction<ServerResponse> insert(Database database) {
        return request -> request.bodyToMono(byte[].class)
                .flatMap(body -> items(request, body).flatMap(items -> store(database, table(request), body, items)))
                .then(ServerResponse.ok().build());
    }

    private Mono<List<NormalizedItem>> items(ServerRequest request, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().asHttpHeaders().forEach(headers::put);
        Webhook webhook = new Webhook("POST", headers, Map.of(), body);
        Instant now = Instant.EPOCH;
        if (!(element.verify(webhook, settings, now) instanceof Verification.Verified)) {
            return Mono.error(new IllegalStateException("signature: refused (expected: verified)"));
        }
        return element.read(webhook, settings, now) instanceof Intake.Event event
                ? event.items().collectList()
                : Mono.error(new IllegalStateException("intake: no event"));
    }

    private static String table(ServerRequest request) {
        return ReferenceProcess.PGLZ.equals(request.pathVariable("encodedId"))
                ? "one_insert_pglz"
                : "one_insert_a_request";
    }

    private static Mono<Long> store(Database database, String table, byte[] body, List<NormalizedItem> items) {
        NormalizedItem item = items.get(0);
        return database.client()
                .sql(INSERT.formatted(table))
                .bind("instance", 1L)
                .bind("contentType", "application/json")
                .bind("headers", "{\"X-GitHub-Event\":\"push\"}")
                .bind(
                        "items",
                        "[{\"objectType\":\"%s\",\"objectId\":\"%s\",\"eventType\":\"%s\",\"date\":\"%s\"}]"
                                .formatted(item.objectType(), item.objectId(), item.eventType(), item.date()))
                .bind("body", body)
                .fetch()
                .rowsUpdated();
    }
}
