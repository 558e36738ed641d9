package dev.sluice.gateway.console.instance;

import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.instance.Instance;
import java.util.Map;

/**
 * How an instance's notifications are signed.
 *
 * @param signs whether there is a key
 * @param previousUntil until when the key before it signs, too, ISO 8601; empty when there is none
 */
record Signing(boolean signs, String previousUntil) {
    static Signing of(Instance instance) {
        Map<String, String> set = instance.configuration();
        return new Signing(
                set.containsKey(SettingKeys.NOTIFICATION_SIGNATURE_KEY),
                set.getOrDefault(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL, ""));
    }
}
