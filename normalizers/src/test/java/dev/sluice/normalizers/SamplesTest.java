package dev.sluice.normalizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.normalizers.item.NormalizedItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SamplesTest {
    private static final Instant NOW = Instant.parse("2026-03-05T10:11:15Z");
    private static final Settings SIGNED = new Settings(
            Map.of(SettingKeys.VENDOR_SIGNATURE_KEY, "first\nsecond", SettingKeys.VENDOR_URL_SECRET, "in-the-url"));

    static Stream<Element> elements() {
        return Elements.all().elements().stream()
                .filter(element -> !element.samples().types().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("elements")
    void namesEveryBodyThereIs(Element element) throws IOException {
        Path folder = Path.of("src/main/resources/dev/sluice/normalizers/sample")
                .resolve(element.descriptor().key());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("types.txt"))
                            .map(name -> name.substring(0, name.lastIndexOf('.'))))
                    .containsExactlyInAnyOrderElementsOf(element.samples().types());
        }
    }

    @ParameterizedTest
    @MethodSource("elements")
    void signsAsTheProviderDoes(Element element) {
        for (String type : element.samples().types()) {
            Webhook webhook = element.samples().webhook(type, SIGNED, 7, NOW).received();
            assertThat(element.verify(webhook, SIGNED, NOW)).as(type).isInstanceOf(Verification.Verified.class);
            assertThat(element.verify(webhook.withBody(new byte[] {'{', '}'}), SIGNED, NOW))
                    .as(type)
                    .isInstanceOf(Verification.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("elements")
    void leavesOneUnsignedThatNothingIsConfiguredFor(Element element) {
        Settings none = new Settings(Map.of());
        String type = element.samples().types().get(0);

        assertThat(element.verify(element.samples().webhook(type, none, 7, NOW).received(), none, NOW))
                .isInstanceOf(Verification.Unsigned.class);
    }

    @ParameterizedTest
    @MethodSource("elements")
    void makesAnotherEventOfEveryNumber(Element element) {
        for (String type : element.samples().types()) {
            Set<String> first = dedupeKeys(element, type, 7);
            Set<String> other = dedupeKeys(element, type, 8);

            assertThat(first).as(type).isNotEmpty().doesNotContainAnyElementsOf(other);
            assertThat(dedupeKeys(element, type, 7)).as(type).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @MethodSource("elements")
    void knowsNoOtherType(Element element) {
        assertThatThrownBy(() -> element.samples().webhook("../types", SIGNED, 7, NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("type: ../types (expected: one of [");
    }

    private static Set<String> dedupeKeys(Element element, String type, long number) {
        Webhook webhook = element.samples().webhook(type, SIGNED, number, NOW).received();
        Intake.Event event = (Intake.Event) element.read(webhook, SIGNED, NOW);
        List<NormalizedItem> items = event.items().collectList().blockOptional().orElseThrow();
        assertThat(items).as(type).isNotEmpty();
        Set<String> keys = new HashSet<>(event.dedupeKeys());
        items.forEach(item -> {
            if (item.dedupeKey() != null) {
                keys.add(item.dedupeKey());
            }
        });
        return keys;
    }
}
