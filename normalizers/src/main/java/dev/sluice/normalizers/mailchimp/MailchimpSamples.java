package dev.sluice.normalizers.mailchimp;

import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.body.FormBody;
import dev.sluice.normalizers.sample.SampleBodies;
import java.time.Instant;
import java.util.List;

/** A type is what Mailchimp calls so, with the action behind a dot where it has one. A repeat has the same body. */
record MailchimpSamples() implements Samples {
    private static final SampleBodies BODIES = new SampleBodies("mailchimpv3", "form");

    @Override
    public List<String> types() {
        return BODIES.types();
    }

    @Override
    public SampleWebhook webhook(String type, Settings settings, long number, Instant sentAt) {
        String body = BODIES.body(type) + "&sample=" + number;
        return MailchimpSignature.sign(SampleWebhook.of(FormBody.MEDIA_TYPE, body), settings, sentAt);
    }
}
