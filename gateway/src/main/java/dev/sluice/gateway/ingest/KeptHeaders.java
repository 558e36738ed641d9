package dev.sluice.gateway.ingest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpHeaders;

/** The request headers that are stored with an event: what a person may ask for later, and no secret. */
final class KeptHeaders {
    private static final Set<String> LEFT_OUT = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "connection",
            "host",
            "content-length",
            "transfer-encoding",
            "accept",
            "accept-encoding",
            "expect",
            "te",
            "upgrade");
    private static final int HEADERS_MAX = 50;
    private static final int VALUE_MAX = 1_000;

    private KeptHeaders() {}

    static Map<String, String> of(HttpHeaders headers) {
        Map<String, String> kept = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (kept.size() < HEADERS_MAX && !LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, printable(values));
            }
        });
        return kept;
    }

    private static String printable(List<String> values) {
        String joined = values.size() == 1 ? values.get(0) : String.join(", ", values);
        String cut = joined.length() > VALUE_MAX ? joined.substring(0, VALUE_MAX) : joined;
        return cut.indexOf('\0') < 0 ? cut : cut.replace('\0', ' ');
    }
}
