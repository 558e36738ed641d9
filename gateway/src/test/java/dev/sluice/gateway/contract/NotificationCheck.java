package dev.sluice.gateway.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a notification, or what an organization is told, has to be like. */
record NotificationCheck(Content content, Operation operation) {
    /** What an HTTP client puts there. */
    private static final Set<String> OF_THE_CLIENT = Set.of("accept", "host", "user-agent", ":status");

    List<String> problems(Map<String, List<String>> headers, String body, Set<String> ownHeaders) {
        Map<String, Part> documented = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        documented.putAll(operation.parameters("header"));
        Map<String, List<String>> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(headers);
        List<String> problems = new ArrayList<>(content.problems(
                operation.requestBody().orElseThrow(() -> new AssertionError(operation.path() + ": no body")), body));
        given.keySet().stream()
                .filter(name -> !documented.containsKey(name) && !ownHeaders.contains(name) && !isOfHttp(name))
                .forEach(name -> problems.add("header " + name + ": undocumented"));
        documented.forEach((name, header) -> {
            List<String> values = given.get(name);
            if (values != null) {
                problems.addAll(content.problems("header " + name, header, values));
            } else if (header.node().path("required").asBoolean(false)) {
                problems.add("header " + name + ": missing");
            }
        });
        return problems;
    }

    private static boolean isOfHttp(String name) {
        return ResponseCheck.isOfHttp(name) || OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT));
    }
}
