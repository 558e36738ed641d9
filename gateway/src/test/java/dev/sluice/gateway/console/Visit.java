package dev.sluice.gateway.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as the server sees it: keeps its cookie, sends forms, follows no redirect by itself. */
public final class Visit {
    /** The name of the session's cookie over plain http. */
    public static final String COOKIE = "sluice-session";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern FORM_TOKEN = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
    private String cookie = "";
    private Map<String, String> proxy = Map.of();

    Visit(String base) {
        this.base = base;
    }

    /** What the cookie holds; empty when there is none. */
    public String cookie() {
        return cookie;
    }

    /** The same browser in the hands of someone who brings this cookie. */
    Visit with(String value) {
        cookie = value;
        return this;
    }

    /** The same browser behind a proxy that adds these headers. */
    Visit through(Map<String, String> headers) {
        proxy = headers;
        return this;
    }

    /** Signs in with the two secrets. */
    public void signIn(String organization, String user) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send("/console/sign-in", Map.of("organization", organization, "user", user), Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
    }

    /** Asks for a page. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return exchange(request(path, Map.of()).GET().build());
    }

    /** What the server goes on sending at that path. */
    Followed follow(String path) throws IOException, InterruptedException {
        return new Followed(http.send(request(path, Map.of()).GET().build(), BodyHandlers.ofInputStream())
                .body());
    }

    /** Sends a form with the token that our pages put into it. */
    public HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        Matcher token = FORM_TOKEN.matcher(get("/console/instances").body());
        assertThat(token.find()).isTrue();
        Map<String, String> all = new java.util.HashMap<>(form);
        all.put("csrf", token.group(1));
        return send(path, all, Map.of());
    }

    /** Sends a form that is accepted; where its answer leads. */
    public String posted(String path, Map<String, String> form) throws IOException, InterruptedException {
        return post(path, form).headers().firstValue("Location").orElseThrow();
    }

    /** Sends a form as it is. */
    HttpResponse<String> send(String path, Map<String, String> form, Map<String, String> headers)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(each -> URLEncoder.encode(each.getKey(), UTF_8) + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return exchange(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
        headers.forEach(request::header);
        proxy.forEach(request::header);
        return cookie.isEmpty() ? request : request.header("Cookie", cookieName() + "=" + cookie);
    }

    private HttpResponse<String> exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").stream()
                .filter(set -> set.startsWith(cookieName() + "="))
                .forEach(set -> cookie = set.substring(cookieName().length() + 1, set.indexOf(';')));
        return answer;
    }

    private String cookieName() {
        return "https".equals(proxy.get("X-Forwarded-Proto")) ? "__Host-" + COOKIE : COOKIE;
    }
}
