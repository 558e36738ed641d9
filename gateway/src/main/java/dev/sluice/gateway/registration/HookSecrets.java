package dev.sluice.gateway.registration;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.api.HookRegistration;
import dev.sluice.normalizers.api.Parameters;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** The secrets by which an instance's webhooks are known: generated unless the customer chose one, stored before use. */
final class HookSecrets {
    private static final int BYTES = 32;

    private final InstanceRepository instances;
    private final SecureRandom random = new SecureRandom();

    HookSecrets(InstanceRepository instances) {
        this.instances = instances;
    }

    /** The instance with a secret, as the provider's way asks for one. */
    Mono<Instance> ensured(Instance instance, HookRegistration.SecretUse use) {
        String key = key(use);
        if (key.isEmpty() || !lines(instance, key).isEmpty()) {
            return Mono.just(instance);
        }
        String secret = generated();
        UnaryOperator<Map<String, String>> change = before -> {
            Map<String, String> after = new HashMap<>(before);
            // Another's may have come in between: that one counts.
            after.putIfAbsent(key, secret);
            return after;
        };
        return instances.configure(instance.id(), change, Set.of(key));
    }

    private static String key(HookRegistration.SecretUse use) {
        return switch (use) {
            case SIGNATURE -> SettingKeys.VENDOR_SIGNATURE_KEY;
            case URL -> SettingKeys.VENDOR_URL_SECRET;
            case NONE -> "";
        };
    }

    private String generated() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static List<String> lines(Instance instance, String key) {
        return new Settings(instance.configuration()).lines(key);
    }

    /** What the provider is to sign with; empty where it does not ask. */
    static String signing(Instance instance, HookRegistration.SecretUse use) {
        return use == HookRegistration.SecretUse.SIGNATURE
                ? lines(instance, SettingKeys.VENDOR_SIGNATURE_KEY).get(0)
                : "";
    }

    /** The address that the provider is told, with its secret where it carries one. */
    static String address(Instance instance, String url, HookRegistration.SecretUse use) {
        return use == HookRegistration.SecretUse.URL
                ? url + "?secret="
                        + Parameters.encode(
                                lines(instance, SettingKeys.VENDOR_URL_SECRET).get(0))
                : url;
    }

    /** Adds keys that the provider chose itself: webhooks signed with any of them are taken. */
    static String added(String lines, Set<String> secrets) {
        Set<String> all = new LinkedHashSet<>(
                lines.lines().filter(line -> !line.isBlank()).toList());
        all.addAll(secrets);
        return String.join("\n", all);
    }
}
