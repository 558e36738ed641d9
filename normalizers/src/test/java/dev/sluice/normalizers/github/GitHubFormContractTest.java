package dev.sluice.normalizers.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The contract for hooks whose content type is {@code form}, which is GitHub's default. */
final class GitHubFormContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new GitHub();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        String encoded = URLEncoder.encode(new String(body, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
        return WebhookFixture.form("payload=" + encoded)
                .header("X-GitHub-Event", goldenFile.substring(0, goldenFile.indexOf('.')))
                .header("X-GitHub-Delivery", "6a1f0c1e-1d2b-4d9e-9a57-0b6a3c0e1f11")
                .build();
    }

    @Test
    void unwrapsTheVeryBytesOfThePayload() {
        byte[] body = WebhookFixture.golden("github", "issues.opened.json");

        assertThat(element()
                        .raw(
                                "application/x-www-form-urlencoded",
                                webhook("issues.opened.json", body).body()))
                .isEqualTo(body);
    }
}
