package dev.sluice.gateway.providers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider on loopback. All it is asked is remembered; any of its answers can be replaced. */
public final class FakeProvider implements AutoCloseable {
    private static final int HANG_SECONDS = 8;

    private final OAuthServer oauth = new OAuthServer();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final String elementKey;
    private final TokenDesk tokens;
    private final Api api;
    private final HttpServer server;
    private volatile Function<Asked, @Nullable Told> instead = request -> null;

    /** The provider of that element. */
    public FakeProvider(String elementKey) {
        this.elementKey = elementKey;
        this.tokens = new TokenDesk(elementKey, oauth);
        this.api = new Api(elementKey, tokens);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** The gateway's arguments that lead it here. */
    public List<String> settings() {
        String prefix = "--sluice.elements." + elementKey;
        List<String> settings = new ArrayList<>(List.of(prefix + ".api-uri=" + url("/api")));
        if (!elementKey.equals("greenhouse")) {
            settings.add(prefix + ".oauth.authorize-uri=" + url("/authorize"));
            settings.add(prefix + ".oauth.token-uri=" + url("/oauth2/token"));
        }
        return settings;
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** Its tokens. */
    public TokenDesk tokens() {
        return tokens;
    }

    /** Its webhooks. */
    public Hooks hooks() {
        return api.hooks();
    }

    /** All that it was asked on paths that end so, in order. */
    public List<Asked> asked(String pathEnd) {
        return asked.stream()
                .filter(request -> request.path().endsWith(pathEnd))
                .toList();
    }

    /** Answers otherwise where the function says something. */
    public void answer(Function<Asked, @Nullable Told> other) {
        instead = other;
    }

    /** Answers everything on paths that end so with that. */
    public void answer(String pathEnd, Told other) {
        answer(request -> request.path().endsWith(pathEnd) ? other : null);
    }

    /** Lets a request wait for longer than anybody should. */
    static void hang() {
        try {
            new CountDownLatch(1).await(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets what it was asked and told to answer. */
    public void reset() {
        asked.clear();
        instead = request -> null;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = Asked.of(exchange);
            asked.add(request);
            Told other = instead.apply(request);
            write(exchange, other == null ? answer(request) : other);
        }
    }

    private Told answer(Asked request) {
        return switch (request.path()) {
            case "/authorize" -> authorize(request);
            case "/oauth2/token" -> tokens.token(request);
            case "/oauth2/revoke" -> tokens.revoke(request.form().getOrDefault("token", ""));
            default -> api.answer(request);
        };
    }

    private Told authorize(Asked request) {
        if (elementKey.equals("hootsuite")
                && request.query().getOrDefault("state", "").length() < 8) {
            return Told.json(400, "{\"error\":\"invalid_state\"}");
        }
        return Told.redirect(oauth.authorizeUrl(request.query()));
    }

    private static void write(HttpExchange exchange, Told answer) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        oauth.close();
    }
}
