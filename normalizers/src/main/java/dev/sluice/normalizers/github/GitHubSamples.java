package dev.sluice.normalizers.github;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.sample.SampleBodies;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A type is an event and, behind a dot, which: {@code issues.opened}. The delivery's id is in a header. */
record GitHubSamples() implements Samples {
    private static final SampleBodies BODIES = new SampleBodies("github", "json");

    @Override
    public List<String> types() {
        return BODIES.types();
    }

    @Override
    public SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt) {
        SampleWebhook webhook = SampleWebhook.of("application/json", BODIES.body(type))
                .header("X-GitHub-Event", type.substring(0, type.indexOf('.')))
                .header("X-GitHub-Delivery", new UUID(0, number).toString());
        return GitHubSignature.sign(webhook, settings);
    }
}
