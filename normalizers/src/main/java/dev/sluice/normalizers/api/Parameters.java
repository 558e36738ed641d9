package dev.sluice.normalizers.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;

/** Values written as URLs, forms and headers want them. */
public final class Parameters {
    private Parameters() {}

    /** {@code a=1&b=2} in the order of the map, percent-encoded. */
    public static String encode(Map<String, String> parameters) {
        StringJoiner encoded = new StringJoiner("&");
        parameters.forEach((name, value) -> encoded.add(encode(name) + '=' + encode(value)));
        return encoded.toString();
    }

    /** One value percent-encoded, blanks as {@code %20}: fit for queries, forms and one segment of a path. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The value of an {@code Authorization} header by HTTP Basic. */
    public static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }
}
