package dev.sluice.gateway.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method on one path of the document.
 *
 * @param path the template
 * @param method in capitals
 * @param item the path's own part, with the parameters of all its methods
 * @param part the method's
 */
record Operation(String path, String method, Part item, Part part) {

    /** The parameters of that place ({@code path}, {@code query}, {@code header}) by name. */
    Map<String, Part> parameters(String place) {
        List<Part> all = new ArrayList<>(item.list("parameters"));
        all.addAll(part.list("parameters"));
        Map<String, Part> byName = new LinkedHashMap<>();
        all.stream()
                .filter(parameter -> parameter.text("in").equals(place))
                .forEach(parameter -> byName.put(parameter.text("name"), parameter));
        return byName;
    }

    Optional<Part> requestBody() {
        return part.child("requestBody");
    }

    Optional<Part> response(int status) {
        return part.get("responses").child(String.valueOf(status));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
