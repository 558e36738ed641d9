package dev.sluice.gateway.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document as the gateway serves it. */
final class ApiDocument {
    /** What all paths of the document begin with. */
    static final String BASE = "/elements/api-v2";

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

    private final Part whole;
    private final List<PathPattern> paths = new ArrayList<>();

    ApiDocument(JsonNode root) {
        whole = Part.whole(root);
        whole.get("paths").names().forEach(template -> paths.add(new PathPattern(template)));
        paths.sort(Comparator.comparing(PathPattern::specificity).reversed());
    }

    static ApiDocument load() {
        try (InputStream yaml = Objects.requireNonNull(ApiDocument.class.getResourceAsStream("/openapi.yaml"))) {
            return new ApiDocument(YAMLMapper.shared().readTree(yaml));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Part whole() {
        return whole;
    }

    /** All operations of paths. */
    List<Operation> operations() {
        return paths.stream().flatMap(path -> operations(path).stream()).toList();
    }

    /** What can be done on the path that a request of this path below {@link #BASE} means; empty when there is none. */
    Optional<List<Operation>> find(String path) {
        return paths.stream()
                .filter(pattern -> pattern.matches(path))
                .findFirst()
                .map(this::operations);
    }

    private List<Operation> operations(PathPattern path) {
        Part item = whole.get("paths").get(path.template());
        return item.names().stream()
                .filter(METHODS::contains)
                .map(method -> new Operation(path.template(), method.toUpperCase(Locale.ROOT), item, item.get(method)))
                .toList();
    }

    /** What is sent under that name, as the notification that callbacks get. */
    Operation webhook(String name) {
        Part item = whole.get("webhooks").get(name);
        return new Operation(name, "POST", item, item.get("post"));
    }

    private record PathPattern(String template, Pattern pattern) {
        private static final Pattern VARIABLE = Pattern.compile("\\{[^}]+}");

        private PathPattern(String template) {
            this(template, Pattern.compile(VARIABLE.matcher(template).replaceAll("[^/]+")));
        }

        private boolean matches(String path) {
            return pattern.matcher(path).matches();
        }

        /** Words go before variables, from the left: {@code 11} for {@code /instances/count}, {@code 10} with an id. */
        private String specificity() {
            return VARIABLE.matcher(template).replaceAll("0").replaceAll("[^/0]+", "1");
        }
    }
}
