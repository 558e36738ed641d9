package dev.sluice.gateway.account;

import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;

/** What scripts of other pages may do and read: call with secrets of their own, and see the headers the original shows. */
final class CrossOrigin {
    private static final List<String> EXPOSED = List.of(
            "Elements-Returned-Count",
            "Elements-Total-Count",
            "Elements-Request-Id",
            "Elements-Next-Page-Token",
            "Elements-Trace-Id",
            "Elements-Error",
            HttpHeaders.CONTENT_DISPOSITION);

    private CrossOrigin() {}

    static CorsConfiguration of(List<String> origins) {
        CorsConfiguration rules = new CorsConfiguration();
        rules.setAllowedOrigins(origins);
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT));
        rules.setExposedHeaders(EXPOSED);
        rules.setMaxAge(Duration.ofHours(1));
        return rules;
    }
}
