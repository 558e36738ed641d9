package dev.sluice.normalizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.ConfigurationField.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigurationFieldTest {
    private static final List<ConfigurationField> FIELDS = CommonConfiguration.with(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "webhooks", "Webhooks", "none", ""})
    void acceptsBothSpellingsOfWebhooks(String value) {
        assertThat(field(SettingKeys.VENDOR_TYPE).problemWith(value)).isNull();
    }

    @Test
    void saysThatPollingIsNotBuiltYet() {
        assertThat(field(SettingKeys.VENDOR_TYPE).problemWith("polling"))
                .isEqualTo("event.vendor.type: polling is not built yet (expected: webhook or webhooks)");
    }

    @ParameterizedTest
    @CsvSource({
        "event.notification.enabled, yes, event.notification.enabled: yes (expected: true or false)",
        "event.notification.rate.limit, 0, event.notification.rate.limit: 0 (expected: 1..1000000)",
        "event.notification.rate.limit, x, 'event.notification.rate.limit: x (expected: a whole number, 1..1000000)'",
        "event.notification.ordering, strict, event.notification.ordering: strict (expected: none or object)",
    })
    void namesTheFieldTheValueAndTheExpectation(String key, String value, String problem) {
        assertThat(field(key).problemWith(value)).isEqualTo(problem);
    }

    @Test
    void measuresButNeverQuotesWhatIsTooLong() {
        assertThat(field(SettingKeys.NOTIFICATION_SIGNATURE_KEY).problemWith("s".repeat(129)))
                .isEqualTo("event.notification.signature.key: 129 characters (expected: at most 128)");
    }

    @Test
    void asksForOAuthSettingsOnlyWithACode() {
        assertThat(CommonConfiguration.oauth("repo"))
                .filteredOn(field -> field.requirement() == Requirement.WITH_OAUTH_CODE)
                .extracting(ConfigurationField::key)
                .containsExactly("oauth.api.key", "oauth.api.secret", "oauth.callback.url");
    }

    @Test
    void letsAnElementReplaceACommonField() {
        ConfigurationField own = field(SettingKeys.INSTANCE_FINDER).withDefault("a|b");

        assertThat(CommonConfiguration.with(List.of(own)))
                .filteredOn(field -> field.key().equals(SettingKeys.INSTANCE_FINDER))
                .containsExactly(own);
    }

    private static ConfigurationField field(String key) {
        return FIELDS.stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
