package dev.sluice.normalizers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds webhooks for tests, and finds the golden bodies of an element. */
public final class WebhookFixture {
    private final String method;
    private final byte[] body;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final Map<String, List<String>> query = new LinkedHashMap<>();

    private WebhookFixture(String method, byte[] body) {
        this.method = method;
        this.body = body;
    }

    public static WebhookFixture json(byte[] body) {
        return new WebhookFixture("POST", body).header("Content-Type", "application/json");
    }

    public static WebhookFixture json(String body) {
        return json(body.getBytes(StandardCharsets.UTF_8));
    }

    public static WebhookFixture form(String body) {
        return form(body.getBytes(StandardCharsets.UTF_8));
    }

    public static WebhookFixture form(byte[] body) {
        return new WebhookFixture("POST", body)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    }

    public static WebhookFixture get() {
        return new WebhookFixture("GET", new byte[0]);
    }

    public WebhookFixture header(String name, String... values) {
        headers.put(name, List.of(values));
        return this;
    }

    public WebhookFixture query(String name, String... values) {
        query.put(name, List.of(values));
        return this;
    }

    public Webhook build() {
        return new Webhook(method, headers, query, body);
    }

    /** The names of the golden files of an element, sorted. */
    public static List<String> goldenFiles(String elementKey) {
        try (Stream<Path> files = Files.list(folder(elementKey))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".csv"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("golden files of " + elementKey, e);
        }
    }

    /** The bytes of one golden file. */
    public static byte[] golden(String elementKey, String file) {
        try {
            return Files.readAllBytes(folder(elementKey).resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException("golden file " + elementKey + "/" + file, e);
        }
    }

    private static Path folder(String elementKey) {
        return Path.of("src", "test", "resources", elementKey);
    }
}
