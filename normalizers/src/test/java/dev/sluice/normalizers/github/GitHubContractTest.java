package dev.sluice.normalizers.github;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;

final class GitHubContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new GitHub();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.json(body)
                .header("X-GitHub-Event", goldenFile.substring(0, goldenFile.indexOf('.')))
                .header("X-GitHub-Delivery", "6a1f0c1e-1d2b-4d9e-9a57-0b6a3c0e1f11")
                .build();
    }
}
