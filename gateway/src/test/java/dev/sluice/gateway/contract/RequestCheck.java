package dev.sluice.gateway.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.contract.Exchange.Sent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** What a request has to be like that is done. */
record RequestCheck(Content content, Operation operation) {

    /** The names in a query that no parameter has: not even a request that is refused may use them. */
    static List<String> unknownQuery(Operation operation, Sent sent) {
        Map<String, Part> known = operation.parameters("query");
        boolean any = known.values().stream().anyMatch(RequestCheck::takesAnyName);
        return query(sent).keySet().stream()
                .filter(name -> !any && !known.containsKey(name))
                .map(name -> "query parameter " + name + ": undocumented")
                .toList();
    }

    private static boolean takesAnyName(Part parameter) {
        return parameter.get("schema").text("type").equals("object");
    }

    List<String> problems(Sent sent) {
        List<String> problems = new ArrayList<>();
        Map<String, List<String>> given = query(sent);
        operation.parameters("query").forEach((name, parameter) -> {
            List<String> values = given.get(name);
            if (values != null && !values.equals(List.of(""))) {
                problems.addAll(content.problems("query parameter " + name, parameter, values));
            } else if (parameter.node().path("required").asBoolean(false)) {
                problems.add("query parameter " + name + ": missing");
            }
        });
        problems.addAll(path(sent));
        problems.addAll(body(sent));
        return problems;
    }

    private List<String> path(Sent sent) {
        List<String> problems = new ArrayList<>();
        String[] template = operation.path().split("/", -1);
        String[] path =
                sent.uri().getRawPath().substring(ApiDocument.BASE.length()).split("/", -1);
        Map<String, Part> parameters = operation.parameters("path");
        for (int i = 0; i < template.length; i++) {
            if (template[i].startsWith("{")) {
                String name = template[i].substring(1, template[i].length() - 1);
                Part parameter = Optional.ofNullable(parameters.get(name))
                        .orElseThrow(() -> new AssertionError(operation + ": " + name + " is no parameter"));
                problems.addAll(content.problems(
                        "path parameter " + name, parameter, List.of(UriUtils.decode(path[i], UTF_8))));
            }
        }
        return problems;
    }

    private List<String> body(Sent sent) {
        Optional<Part> body = operation.requestBody();
        if (sent.body().isEmpty()) {
            return body.filter(part -> part.node().path("required").asBoolean(false))
                    .map(part -> List.of("request body: missing"))
                    .orElseGet(List::of);
        }
        if (body.isEmpty()) {
            return List.of("request body: one, where none is documented");
        }
        String type = String.join(",", sent.headers().getOrDefault("Content-Type", List.of("")));
        if (type.startsWith("application/json")
                || body.get().get("content").child("*/*").isEmpty()) {
            return content.problems(body.get(), sent.body()).stream()
                    .map(problem -> "request " + problem)
                    .toList();
        }
        return List.of();
    }

    private static Map<String, List<String>> query(Sent sent) {
        Map<String, List<String>> decoded = new LinkedHashMap<>();
        UriComponentsBuilder.fromUri(sent.uri())
                .build()
                .getQueryParams()
                .forEach((name, values) -> values.forEach(
                        value -> decoded.computeIfAbsent(UriUtils.decode(name, UTF_8), unseen -> new ArrayList<>())
                                .add(value == null ? "" : UriUtils.decode(value, UTF_8))));
        return decoded;
    }
}
