package dev.sluice.normalizers.api;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to a provider. Its text may hold secrets and never goes to a log.
 *
 * @param method the HTTP method
 * @param url the address with its query
 * @param headers names to values
 * @param body empty when there is none
 */
public record ProviderRequest(String method, String url, Map<String, String> headers, String body) {
    public ProviderRequest {
        headers = Map.copyOf(headers);
    }

    /** A request without a body. */
    public static ProviderRequest of(String method, String url) {
        return new ProviderRequest(method, url, Map.of(), "");
    }

    /** The same with one more header. */
    public ProviderRequest header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ProviderRequest(method, url, more, body);
    }

    /** The same with a form as its body. */
    public ProviderRequest form(Map<String, String> fields) {
        return new ProviderRequest(method, url, headers, Parameters.encode(fields))
                .header("Content-Type", "application/x-www-form-urlencoded");
    }

    /** The same with JSON as its body. */
    public ProviderRequest json(String json) {
        return new ProviderRequest(method, url, headers, json).header("Content-Type", "application/json");
    }

    /** Method and address without the query: what may be shown and logged. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return method + " " + (query < 0 ? url : url.substring(0, query));
    }
}
