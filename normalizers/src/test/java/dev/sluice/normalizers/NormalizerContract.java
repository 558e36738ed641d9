package dev.sluice.normalizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.sluice.normalizers.item.EventType;
import dev.sluice.normalizers.item.NormalizedItem;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.ObjectMapper;

/**
 * What every element promises, whatever it is sent. A subclass hands in the element and how a body becomes its webhook;
 * its golden bodies lie in the test resources under the element's key.
 */
@Timeout(120)
public abstract class NormalizerContract {
    protected static final Instant RECEIVED_AT = Instant.parse("2026-03-05T10:11:15Z");
    protected static final Settings NO_SETTINGS = new Settings(Map.of());

    private static final int ROUNDS = 15;
    private static final int LARGEST_BYTES = 25_000_000;
    private static final int LARGE_BYTES = 3_000_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The element under test. */
    protected abstract Element element();

    /** The webhook that brings this body.
     *
     * @param goldenFile whose headers it gets
     */
    protected abstract Webhook webhook(String goldenFile, byte[] body);

    /** Bodies that are valid but meant to exhaust memory or time; the name is for messages. */
    protected Map<String, Supplier<byte[]>> hostileBodies() {
        Map<String, Supplier<byte[]>> bodies = new LinkedHashMap<>();
        bodies.put("one long string", () -> filled(LARGEST_BYTES, "{\"id\":\"", "a", "\"}"));
        bodies.put("one long escaped string", () -> filled(LARGE_BYTES, "{\"action\":\"", "\\u00eb", "\"}"));
        bodies.put("one long number", () -> filled(LARGEST_BYTES, "{\"id\":1", "0", "}"));
        bodies.put("duplicate fields", () -> filled(LARGE_BYTES, "{\"id\":1", ",\"id\":2", "}"));
        bodies.put("many objects", () -> filled(LARGE_BYTES, "{\"id\":1", ",\"x\":{\"id\":1}", "}"));
        bodies.put("a long list", () -> filled(LARGE_BYTES, "{\"pages\":[{}", ",{}", "]}"));
        bodies.put("a long batch", () -> filled(LARGE_BYTES, "[{}", ",{\"seq_no\":\"1\"}", "]"));
        bodies.put("deep nesting", () -> nested(10_000).getBytes(StandardCharsets.UTF_8));
        bodies.put("different names", NormalizerContract::differentNames);
        return bodies;
    }

    @Test
    void normalisesEveryGoldenBody() {
        for (String file : WebhookFixture.goldenFiles(element().descriptor().key())) {
            byte[] body = WebhookFixture.golden(element().descriptor().key(), file);
            assertReads(file, webhook(file, body), file);
            assertThat(items(webhook(file, body)))
                    .as(file)
                    .allMatch(item ->
                            item.eventType() != EventType.RETRIEVED || element().tellsOfRetrievals());
        }
    }

    @Test
    void keepsTheBodyForCustomers() {
        for (String file : WebhookFixture.goldenFiles(element().descriptor().key())) {
            byte[] body = WebhookFixture.golden(element().descriptor().key(), file);
            Webhook webhook = webhook(file, body);
            byte[] raw = element().raw(webhook.mediaType(), webhook.body());
            if (webhook.mediaType().endsWith("json")) {
                assertThat(raw).as(file).isSameAs(webhook.body());
            } else {
                assertThatCode(() -> MAPPER.readTree(raw)).as(file).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void normalisesTheSameBodyTheSame() {
        for (String file : WebhookFixture.goldenFiles(element().descriptor().key())) {
            byte[] body = WebhookFixture.golden(element().descriptor().key(), file);
            assertThat(items(webhook(file, body))).as(file).isEqualTo(items(webhook(file, body.clone())));
        }
    }

    @Test
    void survivesRandomChangesOfGoldenBodies() {
        long seed = new Random().nextLong();
        JsonMutations mutations = new JsonMutations(seed);
        for (String file : WebhookFixture.goldenFiles(element().descriptor().key())) {
            byte[] body = WebhookFixture.golden(element().descriptor().key(), file);
            for (int round = 0; round < ROUNDS; round++) {
                String where = file + ", round " + round + ", seed " + seed;
                if (file.endsWith(".json")) {
                    assertReads(file, webhook(file, mutations.ofStructure(body)), where);
                }
                readOrRefuse(webhook(file, mutations.ofBytes(body)), where);
            }
        }
    }

    @Test
    void neverThrowsAnythingButMalformedForAnyJson() {
        long seed = new Random().nextLong();
        JsonMutations mutations = new JsonMutations(seed);
        List<String> files = WebhookFixture.goldenFiles(element().descriptor().key());
        for (int round = 0; round < 2_000; round++) {
            byte[] body = mutations.anyJson();
            readOrRefuse(webhook(files.get(round % files.size()), body), "round " + round + ", seed " + seed);
        }
    }

    @Test
    void staysBoundedInTimeAndMemoryForHostileBodies() {
        String file = WebhookFixture.goldenFiles(element().descriptor().key()).get(0);
        hostileBodies().forEach((name, supplier) -> {
            byte[] body = supplier.get();
            Webhook webhook = webhook(file, body);
            long start = cpuNanos();
            long before = allocatedBytes();
            readOrRefuse(webhook, name);
            assertThat(allocatedBytes() - before)
                    .as("%s: bytes allocated", name)
                    .isLessThan(allocationMax(body));
            assertThat(Duration.ofNanos(cpuNanos() - start)).as(name).isLessThan(Duration.ofSeconds(10));
        });
    }

    /** The most two readings of a hostile body may allocate, in bytes; next to none of them stay. */
    protected long allocationMax(byte[] body) {
        return 2 * (20L * body.length + 16_000_000);
    }

    @Test
    void describesItself() {
        ElementDescriptor descriptor = element().descriptor();
        assertThat(descriptor.key()).matches("[a-z0-9]+");
        assertThat(List.of(descriptor.name(), descriptor.description(), descriptor.hub()))
                .doesNotContain("");
        assertThat(descriptor.authentication()).isIn("oauth2", "basic");
        assertThat(element().configuration())
                .extracting(ConfigurationField::key)
                .contains(SettingKeys.EVENTS_ENABLED, SettingKeys.CALLBACK_URL, SettingKeys.VENDOR_SIGNATURE_KEY);
    }

    protected List<NormalizedItem> items(Webhook webhook) {
        Intake intake = element().read(webhook, NO_SETTINGS, RECEIVED_AT);
        return intake instanceof Intake.Event event
                ? event.items()
                        .collectList()
                        .blockOptional(Duration.ofSeconds(60))
                        .orElseThrow()
                : List.of();
    }

    private void assertReads(String file, Webhook webhook, String where) {
        try {
            items(webhook).forEach(NormalizerContract::assertComplete);
        } catch (RuntimeException e) {
            fail(where + " (" + file + "): " + e, e);
        }
    }

    private void readOrRefuse(Webhook webhook, String where) {
        try {
            items(webhook).forEach(NormalizerContract::assertComplete);
            assertThat(element().owners(webhook)).doesNotContainNull();
        } catch (MalformedBodyException e) {
            assertThat(e.getMessage()).as(where).hasSizeLessThan(400);
        } catch (RuntimeException e) {
            fail(where + ": " + e, e);
        }
    }

    private static void assertComplete(NormalizedItem item) {
        assertThat(item.objectType()).isNotBlank().hasSizeLessThanOrEqualTo(1_000);
        assertThat(item.objectId()).isNotEmpty().hasSizeLessThanOrEqualTo(1_000);
        assertThat(item.attributes().values()).allSatisfy(NormalizerContract::assertStorable);
        assertStorable(item.objectType());
        assertStorable(item.objectId());
        assertThat(item.date())
                .isBetween(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("+10000-01-02T00:00:00Z"));
    }

    /** Databases store no U+0000, and UTF-8 has no lone surrogates. */
    private static void assertStorable(String text) {
        assertThat(text).doesNotContain("\0");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
    }

    /** Not by the wall clock: a busy machine makes nothing slower than it is. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    protected static byte[] filled(int size, String start, String middle, String end) {
        byte[] bytes = new byte[size / middle.length() * middle.length() + start.length() + end.length()];
        byte[] part = middle.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start.getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, start.length());
        for (int i = start.length(); i < bytes.length - end.length(); i += part.length) {
            System.arraycopy(part, 0, bytes, i, part.length);
        }
        System.arraycopy(end.getBytes(StandardCharsets.US_ASCII), 0, bytes, bytes.length - end.length(), end.length());
        return bytes;
    }

    private static String nested(int depth) {
        return "{\"repository\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static byte[] differentNames() {
        StringBuilder json = new StringBuilder("{\"x\":0");
        for (int i = 0; json.length() < LARGE_BYTES; i++) {
            json.append(",\"name").append(i * 31L).append("\":{\"id\":1}");
        }
        return json.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }
}
