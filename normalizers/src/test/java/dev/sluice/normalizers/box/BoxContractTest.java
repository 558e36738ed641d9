package dev.sluice.normalizers.box;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.NormalizerContract;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.WebhookFixture;

final class BoxContractTest extends NormalizerContract {

    @Override
    protected Element element() {
        return new Box();
    }

    @Override
    protected Webhook webhook(String goldenFile, byte[] body) {
        return WebhookFixture.json(body).build();
    }
}
