package dev.sluice.gateway.provisioning;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.sluice.persistence.instance.Instance;
import java.net.URI;
import java.util.Base64;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Where providers send an instance's webhooks. */
public final class WebhookAddress {
    private static final String EVENTS = "/elements/api-v2/events/";

    private final String publicUrl;

    /**
     * Addresses below this URL.
     *
     * @param publicUrl what the outside calls us by; empty to take what each request used
     */
    WebhookAddress(String publicUrl) {
        this.publicUrl = publicUrl.replaceFirst("/+$", "");
    }

    /** The instance's id as its webhook URL has it: standard Base64 of the decimal number, padding kept. */
    public static String encodedId(long instanceId) {
        return Base64.getEncoder().encodeToString(String.valueOf(instanceId).getBytes(US_ASCII));
    }

    /** The URL to enter at the provider. */
    public String of(Instance instance, ServerRequest request) {
        return base(request) + EVENTS + instance.elementKey() + "/" + encodedId(instance.id());
    }

    /** What the outside calls us by, without a slash at its end. */
    public String base(ServerRequest request) {
        if (!publicUrl.isEmpty()) {
            return publicUrl;
        }
        URI asked = request.uri();
        return asked.getScheme() + "://" + asked.getRawAuthority()
                + request.requestPath().contextPath().value();
    }
}
