package dev.sluice.normalizers.greenhouse;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.sample.SampleBodies;
import java.time.Instant;
import java.util.List;

/** A type is an action. What makes one another event is its id and its body: either alone would be a repeat. */
record GreenhouseSamples() implements Samples {
    private static final SampleBodies BODIES = new SampleBodies("greenhouse", "json");

    @Override
    public List<String> types() {
        return BODIES.types();
    }

    @Override
    public SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt) {
        String body = BODIES.body(type).replaceFirst("^\\{", "{\"sample\":" + number + ',');
        return GreenhouseSignature.sign(
                SampleWebhook.of("application/json", body).header("Greenhouse-Event-ID", String.valueOf(number)),
                settings);
    }
}
