package dev.sluice.gateway.console.endpoint;

import dev.sluice.gateway.error.NotFoundException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Where in which list somebody looks.
 *
 * @param instance whose; 0 for all
 * @param inTrouble only those in trouble
 * @param after endpoints above this id
 */
record Place(long instance, boolean inTrouble, long after) {
    private static final String ALL = "/console/endpoints";

    static Place in(ServerRequest request) {
        return in(request.queryParams());
    }

    /** Of a query or of a form that came from there; what is no number is taken for 0. */
    static Place in(MultiValueMap<String, String> given) {
        return new Place(
                number(given.getFirst("instance")),
                given.containsKey("trouble") && !"".equals(given.getFirst("trouble")),
                number(given.getFirst("after")));
    }

    static Place ofInstance(ServerRequest request) {
        long instance = number(request.pathVariable("id"));
        if (instance == 0) {
            throw new NotFoundException("There is no such instance.");
        }
        return new Place(instance, false, 0);
    }

    private static long number(@Nullable String text) {
        try {
            return text == null ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException noNumber) {
            return 0;
        }
    }

    Place from(long id) {
        return new Place(instance, inTrouble, id);
    }

    /** With its question mark; empty where the list begins. */
    String query() {
        String query = Stream.of(inTrouble ? "trouble=yes" : "", after > 0 ? "after=" + after : "")
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    String path() {
        return instance > 0 ? "/console/instances/" + instance + "/endpoints" : ALL + query();
    }
}
