package dev.sluice.gateway.provider;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The places that the operator has named, which may therefore be in a private network. */
final class NamedOrigins {
    private static final String DATA_CENTRE = "{dc}";

    private final List<Pattern> origins;

    NamedOrigins(ProviderSettings settings) {
        this(settings.elements().values().stream().flatMap(ProviderSettings.Addresses::given));
    }

    NamedOrigins(Stream<String> urls) {
        this.origins =
                urls.map(Places::origin).distinct().map(NamedOrigins::pattern).toList();
    }

    private static Pattern pattern(String origin) {
        String[] around = origin.split(Pattern.quote(DATA_CENTRE), -1);
        return Pattern.compile(String.join(
                "[a-z]{2}\\d{1,4}", Stream.of(around).map(Pattern::quote).toList()));
    }

    /** Whether the address is at one of them: same scheme, host and port, as written. */
    boolean contain(String url) {
        String origin = Places.origin(url);
        return origins.stream().anyMatch(named -> named.matcher(origin).matches());
    }
}
