package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;

final class GreenhouseContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new Greenhouse();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.json(body)
                .header("Greenhouse-Event-ID", "4d2f7c52-6a9e-4a55-9a3e-2b9f6a2c0a11")
                .build();
    }
}
