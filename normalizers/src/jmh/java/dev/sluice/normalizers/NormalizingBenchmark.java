package dev.sluice.normalizers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What it costs to normalise a webhook, beside a plain tree parse of the same bytes (of a form: of its JSON). Compare the
 * medians: they hold on a machine that is busy with other things.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:-BackgroundCompilation")
public class NormalizingBenchmark {
    private static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    private static final Settings SETTINGS = new Settings(Map.of());
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The golden body; {@code large} ones are padded as real bodies are, with dozens of addresses. */
    @Param({
        "github/push.commits.json",
        "github/large",
        "github/1MB",
        "box/file.uploaded.json",
        "hootsuite/messages.sent.json",
        "hootsuite/batch of 100",
        "greenhouse/candidate_stage_change.json",
        "mailchimpv3/subscribe.form"
    })
    private String body;

    private Element element;
    private Webhook webhook;
    private byte[] json;

    @Setup
    public void read() {
        String key = body.substring(0, body.indexOf('/'));
        String file = body.substring(body.indexOf('/') + 1);
        element = Elements.all().find(key).orElseThrow();
        byte[] bytes = bytes(key, file);
        webhook = (file.endsWith(".form") ? WebhookFixture.form(bytes) : WebhookFixture.json(bytes))
                .header("X-GitHub-Event", "push")
                .header("X-GitHub-Delivery", "6a1f0c1e-1d2b-4d9e-9a57-0b6a3c0e1f11")
                .build();
        json = element.raw(webhook.mediaType(), bytes);
    }

    @Benchmark
    public void normalise(Blackhole sink) {
        Intake.Event event = (Intake.Event) element.read(webhook, SETTINGS, RECEIVED_AT);
        event.items().subscribe(sink::consume);
    }

    @Benchmark
    public JsonNode parseTree() {
        return MAPPER.readTree(json);
    }

    private static byte[] bytes(String key, String file) {
        return switch (file) {
            case "large" -> padded(1);
            case "1MB" -> padded(170);
            case "batch of 100" -> batch();
            default -> WebhookFixture.golden(key, file);
        };
    }

    private static byte[] padded(int times) {
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < times * 75; i++) {
            padding.append("\"address")
                    .append(i % 75)
                    .append("_url\":\"https://api.github.com/repos/acme/shop/addresses/")
                    .append(i)
                    .append("{/number}\",");
        }
        String push = new String(WebhookFixture.golden("github", "push.commits.json"), StandardCharsets.UTF_8);
        return push.replace("\"repository\":{", "\"repository\":{" + padding).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] batch() {
        String one = new String(WebhookFixture.golden("hootsuite", "messages.sent.json"), StandardCharsets.UTF_8).trim();
        String event = one.substring(1, one.length() - 1);
        return ("[" + (event + ",").repeat(99) + event + "]").getBytes(StandardCharsets.UTF_8);
    }
}
