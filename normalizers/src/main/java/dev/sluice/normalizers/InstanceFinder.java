package dev.sluice.normalizers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an instance of its own accord wants to be found on the shared URL: by one of its settings, which is compared with
 * what stands at a place in the body. Written {@code github.organization|organization.login}.
 *
 * @param setting a configuration key, of a setting that is not secret
 * @param path names of fields one in the other; where an array stands, each of its objects is meant
 */
public record InstanceFinder(String setting, List<String> path) {
    private static final int LENGTH_MAX = 250;
    private static final int NAMES_MAX = 16;
    private static final Pattern INDEX = Pattern.compile("\\[[0-9*]*]");

    public InstanceFinder {
        path = List.copyOf(path);
    }

    /** The finder in these settings; empty when there is none, or none that can be read. */
    public static Optional<InstanceFinder> of(Settings settings) {
        String written = settings.get(SettingKeys.INSTANCE_FINDER);
        return written == null ? Optional.empty() : parse(written);
    }

    /** Reads {@code configuration key|json.path}, also with {@code $.} before the path and {@code [0]} in it. */
    public static Optional<InstanceFinder> parse(String written) {
        return problemWith(written) == null ? Optional.of(parsed(written)) : Optional.empty();
    }

    /** Why that is no finder, or null when it is one. */
    public static @Nullable String problemWith(String written) {
        String expected = " (expected: configuration key|json.path)";
        if (written.length() > LENGTH_MAX) {
            return written.length() + " characters (expected: at most " + LENGTH_MAX + ")";
        }
        if (written.chars().filter(character -> character == '|').count() != 1) {
            return "not one | in it" + expected;
        }
        InstanceFinder finder = parsed(written);
        boolean complete = !finder.setting.isEmpty()
                && finder.path.size() <= NAMES_MAX
                && finder.path.stream().noneMatch(String::isEmpty);
        return complete ? null : "incomplete" + expected;
    }

    private static InstanceFinder parsed(String written) {
        int bar = written.indexOf('|');
        String path = INDEX.matcher(written.substring(bar + 1).trim()).replaceAll("");
        String[] names = (path.startsWith("$.") ? path.substring(2) : path).split("\\.", -1);
        return new InstanceFinder(
                written.substring(0, bar).trim(),
                Arrays.stream(names).map(String::trim).toList());
    }

    /** As it is written, in one way only. */
    @Override
    public String toString() {
        return setting + '|' + String.join(".", path);
    }
}
