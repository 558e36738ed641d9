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
    private static final List<Path> FOLDERS = List.of(
            Path.of("src", "test", "resources"),
            Path.of("src", "main", "resources", "dev", "sluice", "normalizers", "sample"));

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

    /** The names of the golden files of an element, sorted: its samples, and what only tests need. */
    public static List<String> goldenFiles(String elementKey) {
        return FOLDERS.stream()
                .flatMap(folder -> names(folder.resolve(elementKey)))
                .filter(name -> name.endsWith(".json") || name.endsWith(".form"))
                .sorted()
                .toList();
    }

    /** The bytes of one golden file, or of the table of what they become. */
    public static byte[] golden(String elementKey, String file) {
        Path path = FOLDERS.stream()
                .map(folder -> folder.resolve(elementKey).resolve(file))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("golden file " + elementKey + "/" + file));
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new IllegalStateException("golden file " + path, e);
        }
    }

    private static Stream<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException("golden files in " + folder, e);
        }
    }
}
