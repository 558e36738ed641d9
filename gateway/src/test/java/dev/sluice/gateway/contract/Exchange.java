package dev.sluice.gateway.contract;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request and its answer. */
record Exchange(Sent sent, Answered answered) {

    /** A request. */
    record Sent(String method, URI uri, Map<String, List<String>> headers, String body) {
        Sent {
            headers = byName(headers);
        }
    }

    /** Its answer. */
    record Answered(int status, Map<String, List<String>> headers, String body) {
        Answered {
            headers = byName(headers);
        }

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    private static Map<String, List<String>> byName(Map<String, List<String>> headers) {
        Map<String, List<String>> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return byName;
    }
}
