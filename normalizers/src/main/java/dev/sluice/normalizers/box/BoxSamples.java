package dev.sluice.normalizers.box;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.sample.SampleBodies;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A type is a trigger in lower case. The event's id is the first of the body. */
record BoxSamples() implements Samples {
    private static final SampleBodies BODIES = new SampleBodies("box", "json");

    @Override
    public List<String> types() {
        return BODIES.types();
    }

    @Override
    public SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt) {
        String id = new UUID(0, number).toString();
        String body = BODIES.body(type).replaceFirst("\"id\":\"[^\"]*\"", "\"id\":\"" + id + '"');
        return BoxSignature.sign(SampleWebhook.of("application/json", body), settings, sentAt);
    }
}
