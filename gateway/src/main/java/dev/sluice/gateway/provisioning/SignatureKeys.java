package dev.sluice.gateway.provisioning;

import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.connection.ServerTime;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Replaces the key that an instance's notifications are signed with. */
public final class SignatureKeys {
    private static final int BYTES = 32;

    private final InstanceRepository instances;
    private final Elements elements;
    private final ServerTime time;
    private final SecureRandom random = new SecureRandom();

    SignatureKeys(InstanceRepository instances, Elements elements, ServerTime time) {
        this.instances = instances;
        this.elements = elements;
        this.time = time;
    }

    /**
     * What became of it.
     *
     * @param instance as it is now
     * @param key the one that signs now; secret
     * @param previousUntil until when the former one signs, too, by the database's clock, ISO 8601; null when it does not
     */
    public record Replaced(
            Instance instance, String key, @Nullable String previousUntil) {
        /** Without the key. */
        @Override
        public String toString() {
            return "Replaced[" + instance.id() + "]";
        }
    }

    /**
     * Signs with another key from now on.
     *
     * @param given the new key; null makes a random one as Standard Webhooks has them
     * @param overlap how long the former one signs, too; zero ends it at once
     * @return empty when the instance is gone
     */
    public Mono<Replaced> replace(Instance instance, @Nullable String given, Duration overlap) {
        String key = given == null ? randomKey() : given;
        Draft draft = new Draft(elements.find(instance.elementKey()).orElseThrow());
        return time.after(overlap)
                .flatMap(until -> instances.update(
                        instance.organizationId(),
                        instance.id(),
                        before -> draft.rotated(before, key, overlap.isZero() ? null : until)))
                .map(changed -> new Replaced(
                        changed,
                        key,
                        changed.configuration().get(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL)));
    }

    private String randomKey() {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return "whsec_" + Base64.getEncoder().encodeToString(key);
    }
}
