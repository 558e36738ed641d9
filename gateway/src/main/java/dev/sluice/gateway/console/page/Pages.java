package dev.sluice.gateway.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows pages: a template, what it shows, and the policy that a browser holds the page to. */
public final class Pages {
    /** A browser loads only what comes from here, runs and styles nothing that stands in the page, and frames nothing. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /** What comes before every path, by that name in templates; empty mostly. */
    static final String PREFIX = "prefix";

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, UTF_8);

    private final ITemplateEngine templates;
    private final Map<String, String> assets;

    Pages(ITemplateEngine templates, Map<String, String> assets) {
        this.templates = templates;
        this.assets = assets;
    }

    /**
     * A page, 200.
     *
     * @param template below {@code templates/console}, without its ending
     * @param shown by name; what stands in the request's attributes for every page comes on top
     */
    public Mono<ServerResponse> show(ServerRequest request, String template, Map<String, ?> shown) {
        return show(request, HttpStatus.OK, template, shown);
    }

    /** A page with that status. */
    public Mono<ServerResponse> show(ServerRequest request, HttpStatus status, String template, Map<String, ?> shown) {
        return render(request, template, Set.of(), shown)
                .flatMap(html -> answer(status).bodyValue(html));
    }

    /**
     * A part of a page, for what htmx puts into one.
     *
     * @param fragment the {@code th:fragment} of the template
     */
    public Mono<ServerResponse> part(ServerRequest request, String template, String fragment, Map<String, ?> shown) {
        return render(request, template, Set.of(fragment), shown)
                .flatMap(html -> answer(HttpStatus.OK).bodyValue(html));
    }

    /**
     * A part of a page as HTML that shows nothing of whoever looks, so that many may get the same.
     *
     * @param prefix what its links begin with, see {@link #prefix}
     */
    public Mono<String> fragment(String prefix, String template, String fragment, Map<String, ?> shown) {
        Map<String, Object> all = new HashMap<>(shown);
        all.put(PREFIX, prefix);
        return Mono.fromCallable(() ->
                        templates.process("console/" + template, Set.of(fragment), new Context(Locale.ENGLISH, all)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    /**
     * Sends the browser to another page, so that a reload repeats nothing.
     *
     * @param path as it is here; what a trusted proxy puts before it, comes before it
     * @param cookies to set
     */
    public static Mono<ServerResponse> goTo(String path, ResponseCookie... cookies) {
        ServerResponse.BodyBuilder answer =
                ServerResponse.seeOther(URI.create(path)).cacheControl(CacheControl.noStore());
        for (ResponseCookie cookie : cookies) {
            answer.cookie(cookie);
        }
        return answer.build((exchange, context) -> {
            exchange.getResponse().getHeaders().setLocation(URI.create(prefix(exchange) + path));
            return exchange.getResponse().setComplete();
        });
    }

    /** What a trusted proxy says that paths begin with outside; empty where none does. */
    public static String prefix(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().contextPath().value();
    }

    /** What every page shows beside its own: put into the request by who lets it pass. */
    public static void showOnEveryPage(ServerRequest request, Map<String, ?> shown) {
        request.attributes().put(Pages.class.getName(), shown);
    }

    // A page takes milliseconds, which the event loops have not.
    private Mono<byte[]> render(ServerRequest request, String template, Set<String> parts, Map<String, ?> shown) {
        return Mono.fromCallable(() -> {
                    Map<String, Object> all = new HashMap<>(shown);
                    all.put("assets", assets);
                    all.put(PREFIX, prefix(request.exchange()));
                    if (request.attributes().get(Pages.class.getName()) instanceof Map<?, ?> everywhere) {
                        everywhere.forEach((name, value) -> all.put(String.valueOf(name), value));
                    }
                    return templates
                            .process("console/" + template, parts, new Context(Locale.ENGLISH, all))
                            .getBytes(UTF_8);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static ServerResponse.BodyBuilder answer(HttpStatus status) {
        return ServerResponse.status(status)
                .contentType(HTML)
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Referrer-Policy", "same-origin");
    }
}
