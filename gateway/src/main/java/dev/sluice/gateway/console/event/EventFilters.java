package dev.sluice.gateway.console.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.events.EventQuery;
import dev.sluice.persistence.search.EventFilter;
import dev.sluice.persistence.search.EventStatus;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** The filters of lists of events: read from a page's address, written into links that keep them, and said in words. */
public final class EventFilters {

    private static final String INSTANCE = "instance";

    /** As addresses have them. */
    public static final List<String> NAMES =
            List.of(INSTANCE, "status", "elementKey", "objectType", "objectId", "idText", "eventType", "from", "to");

    private EventFilters() {}

    /**
     * What the request asks for, among what the visitor may see.
     *
     * @return empty when no event can be like that
     */
    public static Optional<EventFilter> of(ServerRequest request, Visitor visitor) {
        return EventQuery.of(request, visitor.organizationId(), instance(request));
    }

    private static @Nullable Long instance(ServerRequest request) {
        return given(request, INSTANCE)
                .map(text -> {
                    try {
                        return Long.valueOf(text);
                    } catch (NumberFormatException noNumber) {
                        throw new BadRequestException(INSTANCE, "no number", "an instance's id");
                    }
                })
                .orElse(null);
    }

    /** The same as a query, for links that keep them; empty when there are none. */
    public static String query(ServerRequest request) {
        return NAMES.stream()
                .flatMap(name ->
                        given(request, name).stream().map(value -> name + "=" + URLEncoder.encode(value, UTF_8)))
                .collect(Collectors.joining("&"));
    }

    /** What narrows an instance's events down, beside time, by what people call it. */
    public static Map<String, String> inWords(EventFilter filter) {
        Map<String, String> words = new LinkedHashMap<>();
        EventStatus status = filter.status();
        put(words, "Status", status == null ? null : status.name().toLowerCase(Locale.ROOT));
        put(words, "Object", filter.objectType());
        put(words, "Object ID", filter.objectId());
        put(words, "Text in object ID", filter.idText());
        put(words, "Event type", filter.eventType());
        return words;
    }

    private static void put(Map<String, String> words, String name, @Nullable String value) {
        if (value != null) {
            words.put(name, value);
        }
    }

    /** What an address says by that name, if it says anything. */
    public static Optional<String> given(ServerRequest request, String name) {
        return request.queryParam(name).map(String::strip).filter(text -> !text.isEmpty());
    }
}
