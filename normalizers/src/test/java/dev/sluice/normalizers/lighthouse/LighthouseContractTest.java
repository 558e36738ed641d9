package dev.sluice.normalizers.lighthouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A sixth element needs one package and one registration line. */
final class LighthouseContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new Lighthouse();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.json(body).build();
    }

    @Test
    void standsInTheGuideAsItIs() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "adding-an-element.md"));
        String source = Files.readString(
                Path.of("src", "test", "java", "dev", "sluice", "normalizers", "lighthouse", "Lighthouse.java"));

        assertThat(guide).contains(source.substring(source.indexOf("public final class Lighthouse")));
    }

    @Test
    void isFoundByItsRegistrationLineAlone() {
        assertThat(Elements.all().keys())
                .containsExactlyInAnyOrder("github", "box", "hootsuite", "greenhouse", "mailchimpv3", "lighthouse");
    }
}
