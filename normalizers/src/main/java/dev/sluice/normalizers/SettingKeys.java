package dev.sluice.normalizers;

/** The configuration keys that mean the same for every element, as the original platform spells them. */
public final class SettingKeys {
    /** Whether events are taken and delivered at all: {@code true} or {@code false}. */
    public static final String EVENTS_ENABLED = "event.notification.enabled";

    /** How events come from the provider: {@code webhook} or {@code webhooks}. */
    public static final String VENDOR_TYPE = "event.vendor.type";

    /** The key or keys the provider signs with, one a line. */
    public static final String VENDOR_SIGNATURE_KEY = "event.vendor.signature.key";

    /** A secret the provider repeats in the webhook URL's query. */
    public static final String VENDOR_URL_SECRET = "event.vendor.url.secret";

    /** Whether we register the webhook at the provider ourselves. */
    public static final String VENDOR_SUBSCRIBE = "event.vendor.subscribe";

    /** Where notifications go: one URL, a JSON array of URLs, or URLs separated by commas. */
    public static final String CALLBACK_URL = "event.notification.callback.url";

    /** Extra headers of notifications: a JSON object, or {@code Name: value} lines. */
    public static final String CALLBACK_HEADERS = "event.notification.callback.headers";

    /** The key our notifications are signed with. */
    public static final String NOTIFICATION_SIGNATURE_KEY = "event.notification.signature.key";

    /** The key before that one, while a change of keys goes on. */
    public static final String NOTIFICATION_SIGNATURE_KEY_PREVIOUS = "event.notification.signature.key.previous";

    /** When that key ends by itself, an instant of ISO 8601; without it, it stays until it is removed. */
    public static final String NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL =
            "event.notification.signature.key.previous.until";

    /** The user name that notifications authenticate with. */
    public static final String NOTIFICATION_BASIC_USERNAME = "event.notification.basic.username";

    /** The password that notifications authenticate with. */
    public static final String NOTIFICATION_BASIC_PASSWORD = "event.notification.basic.password";

    /** The seconds after the first failure at which a delivery is tried again, separated by commas. */
    public static final String RETRY_SCHEDULE = "event.notification.retry.schedule";

    /** The most attempts a second to one endpoint. */
    public static final String RATE_LIMIT = "event.notification.rate.limit";

    /** The most attempts at one time to one endpoint. */
    public static final String CONCURRENCY = "event.notification.concurrency";

    /** {@code none}, or {@code object}: events of one object are delivered in the order received. */
    public static final String ORDERING = "event.notification.ordering";

    /** The value of {@link #ORDERING} that asks for an order. */
    public static final String ORDERING_BY_OBJECT = "object";

    /** How the shared webhook URL finds the instance: {@code configuration key|json.path}. */
    public static final String INSTANCE_FINDER = "event.notification.instance.finder";

    /** The provider's id of the webhook we registered. */
    public static final String SUBSCRIPTION_ID = "event.notification.subscription.id";

    /** The key of the provider's API, where that is what authenticates. */
    public static final String API_KEY = "api.key";

    /** The client id of the customer's app at the provider. */
    public static final String OAUTH_API_KEY = "oauth.api.key";

    /** The client secret of the customer's app at the provider. */
    public static final String OAUTH_API_SECRET = "oauth.api.secret";

    /** Where the provider sends the user back to. */
    public static final String OAUTH_CALLBACK_URL = "oauth.callback.url";

    /** What the app may do, in the provider's words. */
    public static final String OAUTH_SCOPE = "oauth.scope";

    /** The access token. */
    public static final String OAUTH_USER_TOKEN = "oauth.user.token";

    /** The token to get a new access token with. */
    public static final String OAUTH_USER_REFRESH_TOKEN = "oauth.user.refresh_token";

    /** The user's id at the provider. */
    public static final String OAUTH_USER_ID = "oauth.user.id";

    private SettingKeys() {}
}
