package dev.sluice.normalizers;

import static dev.sluice.normalizers.ConfigurationField.Type.PASSWORD;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTAREA;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_1000;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_128;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_32;
import static dev.sluice.normalizers.ConfigurationField.Type.TEXTFIELD_64;
import static dev.sluice.normalizers.ConfigurationField.flag;
import static dev.sluice.normalizers.ConfigurationField.text;

import dev.sluice.normalizers.ConfigurationField.Check;
import dev.sluice.normalizers.ConfigurationField.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The configuration fields that elements share, to be put together with an element's own. */
public final class CommonConfiguration {

    private CommonConfiguration() {}

    /**
     * An element's fields in the order of its form: its own, then those every element has.
     *
     * @param own the element's; one with the key of a common field takes that one's place
     */
    public static List<ConfigurationField> with(List<ConfigurationField> own) {
        List<ConfigurationField> fields = new ArrayList<>(own);
        List<ConfigurationField> common = new ArrayList<>(notification());
        common.addAll(provider());
        common.addAll(acceptedForTheOriginal());
        for (ConfigurationField field : common) {
            if (own.stream().noneMatch(mine -> mine.key().equals(field.key()))) {
                fields.add(field);
            }
        }
        return List.copyOf(fields);
    }

    /**
     * What an element with OAuth 2 takes beside its own fields.
     *
     * @param defaultScope the scope asked for when none is given, empty when the provider knows none
     */
    public static List<ConfigurationField> oauth(String defaultScope) {
        ConfigurationField scope =
                text(SettingKeys.OAUTH_SCOPE, "OAuth Scope", TEXTFIELD_1000, "What your app may do.");
        return List.of(
                text(SettingKeys.OAUTH_API_KEY, "OAuth API Key", TEXTFIELD_1000, "The client id of your app.")
                        .needed(Requirement.WITH_OAUTH_CODE)
                        .asSecret(),
                text(SettingKeys.OAUTH_API_SECRET, "OAuth API Secret", PASSWORD, "The client secret of your app.")
                        .needed(Requirement.WITH_OAUTH_CODE)
                        .asSecret(),
                text(
                                SettingKeys.OAUTH_CALLBACK_URL,
                                "OAuth Callback URL",
                                TEXTFIELD_1000,
                                "The address your app registered, to which users come back.")
                        .needed(Requirement.WITH_OAUTH_CODE),
                defaultScope.isEmpty() ? scope : scope.withDefault(defaultScope),
                text(SettingKeys.OAUTH_USER_TOKEN, "OAuth User Token", TEXTAREA, "Filled in by authenticating.")
                        .asSecret()
                        .asHidden(),
                text(
                                SettingKeys.OAUTH_USER_REFRESH_TOKEN,
                                "OAuth Refresh Token",
                                TEXTAREA,
                                "Filled in by authenticating.")
                        .asSecret()
                        .asHidden(),
                text(SettingKeys.OAUTH_USER_ID, "OAuth User ID", TEXTFIELD_128, "Your user's id at the provider.")
                        .asHidden());
    }

    /**
     * How events come from the provider. Both spellings are accepted everywhere; which one is the default differs.
     *
     * @param spelling {@code webhook} or {@code webhooks}, as the original has it for the element
     */
    public static ConfigurationField vendorType(String spelling) {
        return text(SettingKeys.VENDOR_TYPE, "Event Type", TEXTFIELD_32, "How events come from the provider.")
                .withDefault(spelling)
                .checkedBy(CommonConfiguration::problemWithVendorType);
    }

    private static List<ConfigurationField> notification() {
        return List.of(
                flag(SettingKeys.EVENTS_ENABLED, "Events Enabled", false, "Whether webhooks are taken and delivered."),
                text(
                        SettingKeys.CALLBACK_URL,
                        "Event Notification Callback URL",
                        TEXTAREA,
                        "Where notifications go: one URL, several separated by commas, or a JSON array."),
                text(
                                SettingKeys.NOTIFICATION_SIGNATURE_KEY,
                                "Callback Notification Signature Key",
                                TEXTFIELD_128,
                                "Notifications are signed with it, so that you can tell them from forged ones.")
                        .asSecret(),
                text(
                                SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS,
                                "Previous Callback Notification Signature Key",
                                TEXTFIELD_128,
                                "While it is set, notifications carry a second signature made with it.")
                        .asSecret(),
                text(
                                SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL,
                                "Previous Callback Notification Signature Key Until",
                                TEXTFIELD_64,
                                "When the previous key stops signing by itself, as in 2026-03-05T10:11:12Z.")
                        .checkedBy(Check.instant()),
                text(
                                SettingKeys.CALLBACK_HEADERS,
                                "Event Notification Callback Headers",
                                TEXTAREA,
                                "Sent with each notification: a JSON object, or Name: value lines.")
                        .asSecret(),
                text(
                                SettingKeys.NOTIFICATION_BASIC_USERNAME,
                                "Event Notification Basic User Name",
                                TEXTFIELD_128,
                                "For endpoints that ask for HTTP Basic authentication.")
                        .checkedBy(value -> value.indexOf(':') < 0 ? null : "a colon (expected: a name without one)"),
                text(
                                SettingKeys.NOTIFICATION_BASIC_PASSWORD,
                                "Event Notification Basic Password",
                                PASSWORD,
                                "For endpoints that ask for HTTP Basic authentication.")
                        .asSecret(),
                text(
                        SettingKeys.RETRY_SCHEDULE,
                        "Retry Schedule",
                        TEXTFIELD_1000,
                        "Seconds after the first failure, separated by commas. The installation's when empty."),
                text(SettingKeys.RATE_LIMIT, "Rate Limit", TEXTFIELD_32, "The most attempts a second.")
                        .checkedBy(Check.wholeNumber(1, 1_000_000)),
                text(SettingKeys.CONCURRENCY, "Concurrency", TEXTFIELD_32, "The most attempts at one time.")
                        .checkedBy(Check.wholeNumber(1, 10_000)),
                text(
                                SettingKeys.ORDERING,
                                "Ordering",
                                TEXTFIELD_32,
                                "object: events of one object arrive in the order received, at some cost in speed.")
                        .withDefault("none")
                        .checkedBy(Check.oneOf("none", SettingKeys.ORDERING_BY_OBJECT)));
    }

    private static List<ConfigurationField> provider() {
        return List.of(
                vendorType("webhook"),
                text(
                                SettingKeys.VENDOR_SIGNATURE_KEY,
                                "Webhook Signature Key",
                                TEXTAREA,
                                "The secret you gave to the provider, or several, one a line. Once it is set, "
                                        + "webhooks without a matching signature are refused.")
                        .asSecret(),
                flag(SettingKeys.VENDOR_SUBSCRIBE, "Register Webhook", false, "Whether we register the webhook."),
                text(
                                SettingKeys.INSTANCE_FINDER,
                                "Event Notification Instance Finder",
                                TEXTAREA,
                                "How the shared webhook URL finds this instance, too: configuration key|json.path.")
                        .checkedBy(InstanceFinder::problemWith)
                        .asHidden(),
                text(
                                SettingKeys.SUBSCRIPTION_ID,
                                "Event Notification Subscription ID",
                                TEXTFIELD_1000,
                                "The provider's id of the webhook that we registered.")
                        .asHidden());
    }

    /** Customers of the original send these; they are stored and change nothing. */
    private static List<ConfigurationField> acceptedForTheOriginal() {
        String stored = "Stored for compatibility; changes nothing.";
        return List.of(
                flag("filter.response.nulls", "Filter null values from the response", true, stored),
                text("event.notification.type", "Event Notification Type", TEXTFIELD_32, stored)
                        .asHidden(),
                text("event.metadata", "Event Metadata", TEXTAREA, stored).asHidden(),
                text("event.objects", "Event Objects", TEXTAREA, stored).asHidden(),
                text("event.helper.key", "Event Helper Key", TEXTFIELD_128, stored)
                        .asHidden(),
                text("event.poller.refresh_interval", "Event poller refresh interval (mins)", TEXTFIELD_32, stored)
                        .withDefault("15")
                        .asHidden(),
                text("event.poller.configuration", "Configure Polling", TEXTAREA, stored)
                        .asHidden(),
                text("event.poller.urls", "Event Poller URLs", TEXTAREA, stored).asHidden());
    }

    private static @Nullable String problemWithVendorType(String value) {
        return switch (value.trim().toLowerCase(Locale.ROOT)) {
            case "webhook", "webhooks", "none" -> null;
            case "polling" -> "polling is not built yet (expected: webhook or webhooks)";
            default -> value + " (expected: webhook or webhooks)";
        };
    }
}
