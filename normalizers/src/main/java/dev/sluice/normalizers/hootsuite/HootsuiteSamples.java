package dev.sluice.normalizers.hootsuite;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.sample.SampleBodies;
import java.time.Instant;
import java.util.List;

/** A type is an object and its state: {@code messages.sent}. Each event of a batch has its number. */
record HootsuiteSamples() implements Samples {
    private static final SampleBodies BODIES = new SampleBodies("hootsuite", "json");

    @Override
    public List<String> types() {
        return BODIES.types();
    }

    @Override
    public SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt) {
        String body = BODIES.body(type).replaceFirst("\"seq_no\":\"[^\"]*\"", "\"seq_no\":\"" + number + '"');
        return HootsuiteSignature.sign(SampleWebhook.of("application/json", body), settings);
    }
}
