package dev.sluice.normalizers;

import java.time.Instant;
import java.util.List;

/** What an element has that brings no samples. */
record NoSamples() implements Samples {

    @Override
    public List<String> types() {
        return List.of();
    }

    @Override
    public SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt) {
        throw new IllegalArgumentException("type: " + type + " (expected: none, this element has no samples)");
    }
}
