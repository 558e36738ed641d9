package dev.sluice.normalizers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.ConfigurationField.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    @ParameterizedTest
    @CsvSource({
        "event.notification.enabled, Events Enabled, BOOLEAN, false",
        "event.vendor.type, Event Type, TEXTFIELD_32, webhook",
        "event.notification.type, Event Notification Type, TEXTFIELD_32, ",
        "event.notification.callback.url, Event Notification Callback URL, TEXTAREA, ",
        "event.notification.signature.key, Callback Notification Signature Key, TEXTFIELD_128, ",
        "event.notification.callback.headers, Event Notification Callback Headers, TEXTAREA, ",
        "event.notification.basic.username, Event Notification Basic User Name, TEXTFIELD_128, ",
        "event.notification.basic.password, Event Notification Basic Password, PASSWORD, ",
        "event.notification.instance.finder, Event Notification Instance Finder, TEXTAREA, ",
        "event.notification.subscription.id, Event Notification Subscription ID, TEXTFIELD_1000, ",
        "event.poller.refresh_interval, Event poller refresh interval (mins), TEXTFIELD_32, 15",
        "event.poller.configuration, Configure Polling, TEXTAREA, ",
        "event.poller.urls, Event Poller URLs, TEXTAREA, ",
        "event.objects, Event Objects, TEXTAREA, ",
        "event.metadata, Event Metadata, TEXTAREA, ",
        "event.helper.key, Event Helper Key, TEXTFIELD_128, ",
        "filter.response.nulls, Filter null values from the response, BOOLEAN, true",
    })
    void takesAllThatCustomersOfTheOriginalSend(
            String key, String label, ConfigurationField.Type type, @Nullable String defaultValue) {
        ConfigurationField field = field(key);

        assertThat(field.label()).isEqualTo(label);
        assertThat(field.type()).isEqualTo(type);
        assertThat(field.defaultValue()).isEqualTo(defaultValue);
        assertThat(field.requirement()).isEqualTo(Requirement.OPTIONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "github, github.organization, GitHub Organization, REQUIRED, ",
        "github, github.repository, GitHub Repository, REQUIRED, ",
        "github, oauth.api.key, OAuth API Key, WITH_OAUTH_CODE, ",
        "github, oauth.api.secret, OAuth API Secret, WITH_OAUTH_CODE, ",
        "github, oauth.scope, OAuth Scope, OPTIONAL, admin:org_hook admin:repo_hook repo",
        "github, github.hook.id, GitHub Hook ID, OPTIONAL, ",
        "github, event.vendor.type, Event Type, OPTIONAL, webhooks",
        "github, event.notification.instance.finder, Event Notification Instance Finder, OPTIONAL, "
                + "github.organization|organization.login",
        "box, oauth.api.key, OAuth API Key, WITH_OAUTH_CODE, ",
        "box, oauth.api.secret, OAuth API Secret, WITH_OAUTH_CODE, ",
        "box, events.list.ids, List IDs, OPTIONAL, ",
        "box, event.vendor.type, Event Type, OPTIONAL, webhook",
        "hootsuite, oauth.api.key, OAuth API Key, WITH_OAUTH_CODE, ",
        "hootsuite, oauth.scope, OAuth Scope, OPTIONAL, offline",
        "hootsuite, hootsuite.signature.scheme, Webhook Signature Scheme, OPTIONAL, any",
        "greenhouse, api.key, API Key, OPTIONAL, ",
        "mailchimpv3, oauth.api.key, OAuth API Key, WITH_OAUTH_CODE, ",
        "mailchimpv3, events.list.ids, List IDs, OPTIONAL, ",
        "mailchimpv3, event.vendor.url.secret, Webhook URL Secret, OPTIONAL, ",
    })
    void asksForWhatEachElementNeeds(
            String element, String key, String label, Requirement requirement, @Nullable String defaultValue) {
        ConfigurationField field =
                field(Elements.all().find(element).orElseThrow().configuration(), key);

        assertThat(field.label()).isEqualTo(label);
        assertThat(field.requirement()).isEqualTo(requirement);
        assertThat(field.defaultValue()).isEqualTo(defaultValue);
        assertThat(field.secret()).isEqualTo(key.matches("oauth\\.api\\..+|api\\.key|event\\.vendor\\.url\\.secret"));
        assertThat(field.help()).isNotBlank();
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
        return field(FIELDS, key);
    }

    private static ConfigurationField field(List<ConfigurationField> fields, String key) {
        return fields.stream()
                .filter(candidate -> candidate.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
