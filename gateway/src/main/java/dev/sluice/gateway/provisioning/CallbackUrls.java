package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.instance.Callback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code event.notification.callback.url}: one URL, several separated by commas, or a JSON array. */
public final class CallbackUrls {
    private static final int URLS_MAX = 20;
    private static final int LENGTH_MAX = 2_000;
    private static final String EXPECTED =
            "http or https URLs, separated by commas or as a JSON array, at most " + URLS_MAX;
    /** A comma may be part of a URL; one that separates is followed by the next. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?=\\s*https?://)", Pattern.CASE_INSENSITIVE);

    private static final String WEBHOOKS = "/elements/api-v2/events/";
    private static final String LOOP = "The callback URL is a webhook URL of this platform: events are stored, and none"
            + " is sent there. Enter the address of your own application.";
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private CallbackUrls() {}

    /**
     * The callbacks, each URL once.
     *
     * @param value the configured value, blank for none
     * @throws BadRequestException saying which URL is wrong, without quoting it: it may hold secrets
     */
    public static List<Callback> parse(String value) {
        List<String> urls = split(value.strip())
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .distinct()
                .toList();
        if (urls.size() > URLS_MAX) {
            throw new BadRequestException(SettingKeys.CALLBACK_URL, urls.size() + " URLs", EXPECTED);
        }
        List<Callback> callbacks = new ArrayList<>();
        for (String url : urls) {
            String problem = problem(url);
            if (problem != null) {
                throw new BadRequestException(
                        SettingKeys.CALLBACK_URL, "URL " + (callbacks.size() + 1) + " " + problem, EXPECTED);
            }
            callbacks.add(new Callback(url, isWebhookUrl(URI.create(url)) ? LOOP : null));
        }
        return callbacks;
    }

    private static Stream<String> split(String value) {
        if (!value.startsWith("[")) {
            return SEPARATOR.splitAsStream(value);
        }
        try {
            return JsonMapper.shared().readValue(value, TEXTS).stream();
        } catch (JacksonException broken) {
            throw new BadRequestException(
                    SettingKeys.CALLBACK_URL + ": a broken JSON array (expected: " + EXPECTED + ")", broken);
        }
    }

    private static @Nullable String problem(String url) {
        if (url.length() > LENGTH_MAX) {
            return "has " + url.length() + " characters, more than " + LENGTH_MAX;
        }
        try {
            URI uri = new URI(url);
            String scheme = uri.getScheme();
            if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
                return "does not begin with http:// or https://";
            }
            if (uri.getHost() == null) {
                return "names no host";
            }
            return uri.getRawUserInfo() == null
                    ? null
                    : "holds credentials; they belong into " + SettingKeys.NOTIFICATION_BASIC_USERNAME
                            + " and .password";
        } catch (URISyntaxException malformed) {
            return "is no URL at character " + (malformed.getIndex() + 1);
        }
    }

    /** Whoever's host it is: the original's pages tell people to enter the platform's own URL here. */
    private static boolean isWebhookUrl(URI url) {
        String path = url.normalize().getPath();
        return path != null
                && (path.replaceAll("/+", "/") + "/").toLowerCase(Locale.ROOT).contains(WEBHOOKS);
    }
}
