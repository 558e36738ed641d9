package dev.sluice.normalizers.hootsuite;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;

final class HootsuiteContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new Hootsuite();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.json(body).build();
    }
}
