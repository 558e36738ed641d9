package dev.sluice.gateway.provisioning;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Mark;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.persistence.instance.Endpoint;
import dev.sluice.persistence.instance.Instance;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What an instance's owner should know: allowed, and probably not meant. */
public final class Warnings {
    private Warnings() {}

    /** Sentences without secrets; empty when all is well. */
    public static List<String> of(Instance instance, Element element) {
        List<String> warnings = new ArrayList<>();
        instance.endpoints().stream()
                .filter(endpoint -> !endpoint.active())
                .map(Warnings::inactive)
                .forEach(warnings::add);
        instance.marks().stream().sorted().map(Warnings::mark).forEach(warnings::add);
        if (provesNoOrigin(instance)) {
            warnings.add(SettingKeys.VENDOR_SIGNATURE_KEY + " is not set: anyone who knows the webhook URL can send"
                    + " events, because nothing proves their origin.");
        }
        boolean enabled = "true".equals(instance.configuration().get(SettingKeys.EVENTS_ENABLED));
        if (!enabled && !instance.endpoints().isEmpty()) {
            warnings.add(SettingKeys.EVENTS_ENABLED + " is not true: no notification is sent to the callback URL.");
        }
        String oauthCallback = instance.configuration().get(SettingKeys.OAUTH_CALLBACK_URL);
        if (oauthCallback != null && !isWebAddress(oauthCallback)) {
            warnings.add(
                    SettingKeys.OAUTH_CALLBACK_URL + " is no URL of http or https: the provider cannot send users back"
                            + " to it. Webhooks do not need it.");
        }
        warnings.addAll(element.warnings(new Settings(instance.configuration())));
        List<String> unknown = unknownKeys(instance, element);
        if (!unknown.isEmpty()) {
            warnings.add(String.join(", ", unknown) + ": not known to "
                    + element.descriptor().key() + "; stored, and without effect.");
        }
        return warnings;
    }

    private static boolean provesNoOrigin(Instance instance) {
        return !instance.configuration().containsKey(SettingKeys.VENDOR_SIGNATURE_KEY)
                && !instance.configuration().containsKey(SettingKeys.VENDOR_URL_SECRET);
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url.strip());
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static String inactive(Endpoint endpoint) {
        return Objects.requireNonNullElse(endpoint.reason(), "The callback URL gets no notifications.");
    }

    private static String mark(String mark) {
        if (mark.equals(Mark.WEBHOOK_REMOVED.name())) {
            return "The provider has removed the webhook: register it again.";
        }
        return mark.equals(Mark.REAUTHENTICATION_NEEDED.name())
                ? "The provider has ended our access: authenticate the instance again."
                : mark;
    }

    private static List<String> unknownKeys(Instance instance, Element element) {
        Set<String> known =
                element.configuration().stream().map(ConfigurationField::key).collect(Collectors.toSet());
        return instance.configuration().keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .toList();
    }
}
