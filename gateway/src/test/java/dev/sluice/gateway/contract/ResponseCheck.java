package dev.sluice.gateway.contract;

import dev.sluice.gateway.contract.Exchange.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;

/** What an answer has to be like. */
record ResponseCheck(Content content, Operation operation) {
    /** What HTTP itself and browsers' protection put there; the document speaks of it in general. */
    private static final Set<String> OF_HTTP = Set.of(
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "date",
            "expires",
            "pragma",
            "referrer-policy",
            "transfer-encoding",
            "vary",
            "x-content-type-options",
            "x-frame-options",
            "x-xss-protection");

    List<String> problems(Answered answered, boolean bodiless) {
        return operation
                .response(answered.status())
                .map(response -> problems(response, answered, bodiless))
                .orElseGet(() -> List.of("status " + answered.status() + ": undocumented"));
    }

    private List<String> problems(Part response, Answered answered, boolean bodiless) {
        List<String> problems = new ArrayList<>(headers(response, answered.headers()));
        if (!bodiless) {
            response.child("content")
                    .filter(content -> content.child("*/*").isEmpty())
                    .ifPresent(content -> problems.addAll(type(content, answered)));
            problems.addAll(content.problems(response, answered.body()));
        }
        return problems;
    }

    private static List<String> type(Part content, Answered answered) {
        String type = String.join(",", answered.headers().getOrDefault("Content-Type", List.of("none")));
        return content.child(type).isPresent() ? List.of() : List.of("content type " + type + ": undocumented");
    }

    private List<String> headers(Part response, Map<String, List<String>> answered) {
        Map<String, Part> documented = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.child("headers")
                .ifPresent(headers -> headers.names().forEach(name -> documented.put(name, headers.get(name))));
        List<String> problems = new ArrayList<>();
        answered.keySet().stream()
                .filter(name -> !documented.containsKey(name) && !isOfHttp(name))
                .forEach(name -> problems.add("header " + name + ": undocumented"));
        documented.forEach((name, header) -> {
            List<String> values = answered.get(name);
            if (values != null) {
                problems.addAll(content.problems("header " + name, header, values));
            } else if (header.node().path("required").equals(JsonNodeFactory.instance.booleanNode(true))) {
                problems.add("header " + name + ": missing");
            }
        });
        return problems;
    }

    static boolean isOfHttp(String name) {
        String lowerCase = name.toLowerCase(Locale.ROOT);
        return OF_HTTP.contains(lowerCase) || lowerCase.startsWith("access-control-");
    }
}
