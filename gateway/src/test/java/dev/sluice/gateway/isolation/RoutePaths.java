package dev.sluice.gateway.isolation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Collects the path patterns of routes. */
public final class RoutePaths implements RouterFunctions.Visitor {
    private final Set<String> patterns = new TreeSet<>();
    private final Deque<String> prefixes = new ArrayDeque<>();

    /** All patterns of these routes that begin with the prefix, without a trailing slash. */
    public static Set<String> below(String prefix, Iterable<RouterFunction<?>> routes) {
        RoutePaths collected = new RoutePaths();
        routes.forEach(route -> route.accept(collected));
        collected.patterns.removeIf(pattern -> !pattern.startsWith(prefix));
        return collected.patterns;
    }

    @Override
    public void startNested(RequestPredicate predicate) {
        Set<String> below = paths(predicate);
        prefixes.addLast(below.isEmpty() ? "" : below.iterator().next());
    }

    @Override
    public void endNested(RequestPredicate predicate) {
        prefixes.removeLast();
    }

    @Override
    public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
        String prefix = String.join("", prefixes);
        paths(predicate).forEach(path -> patterns.add((prefix + path).replaceFirst("/$", "")));
    }

    private static Set<String> paths(RequestPredicate predicate) {
        Paths paths = new Paths();
        predicate.accept(paths);
        return paths.found;
    }

    @Override
    public void resources(Function<ServerRequest, Mono<Resource>> lookup) {}

    @Override
    public void attributes(Map<String, Object> attributes) {}

    @Override
    public void unknown(RouterFunction<?> function) {
        throw new IllegalStateException("a route that cannot be walked: " + function);
    }

    /** Of all that a predicate asks for, the paths. */
    private static final class Paths implements RequestPredicates.Visitor {
        private final Set<String> found = new TreeSet<>();

        @Override
        public void path(String pattern) {
            found.add(pattern);
        }

        @Override
        public void method(Set<HttpMethod> methods) {}

        @Override
        @SuppressWarnings("removal") // Until it is removed, the interface demands it.
        public void pathExtension(String extension) {}

        @Override
        public void header(String name, String value) {}

        @Override
        public void queryParam(String name, String value) {}

        @Override
        public void version(String version) {}

        @Override
        public void startAnd() {}

        @Override
        public void and() {}

        @Override
        public void endAnd() {}

        @Override
        public void startOr() {}

        @Override
        public void or() {}

        @Override
        public void endOr() {}

        @Override
        public void startNegate() {}

        @Override
        public void endNegate() {}

        @Override
        public void unknown(RequestPredicate predicate) {
            throw new IllegalStateException("a predicate that cannot be walked: " + predicate);
        }
    }
}
