package dev.sluice.normalizers.owner;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.InstanceFinder;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an instance is found by on the shared URL. */
public final class OwnerTerms {
    /** The most terms of one rule: a list of more values is found by the first ones only. */
    private static final int TERMS_MAX = 1_000;

    private OwnerTerms() {}

    /** All terms of an instance with these settings, by its element's rules and by its own finder. */
    public static Set<OwnerTerm> of(Element element, Settings settings) {
        Set<OwnerTerm> terms = new LinkedHashSet<>();
        element.ownerSettings()
                .forEach(names -> combinations(settings, names)
                        .map(values -> OwnerTerm.of(OwnerTerm.rule(names), values))
                        .forEach(terms::add));
        ownFinder(element, settings)
                .ifPresent(finder -> combinations(settings, List.of(finder.setting()))
                        .map(values -> OwnerTerm.of(finder.toString(), values))
                        .forEach(terms::add));
        return terms;
    }

    /** The finder an instance has beside its element's rules: the element's default is those rules. */
    static Optional<InstanceFinder> ownFinder(Element element, Settings settings) {
        return InstanceFinder.of(settings)
                .filter(finder -> element.configuration().stream()
                        .filter(field -> field.key().equals(SettingKeys.INSTANCE_FINDER))
                        .noneMatch(field -> isSame(finder, field.defaultValue())));
    }

    private static boolean isSame(InstanceFinder finder, @Nullable String written) {
        return written != null
                && InstanceFinder.parse(written).filter(finder::equals).isPresent();
    }

    /** Each setting may list several values: all ways to take one of each. */
    private static Stream<List<String>> combinations(Settings settings, List<String> names) {
        Stream<List<String>> combinations = Stream.of(List.of());
        for (String name : names) {
            List<String> values = values(settings.get(name));
            combinations = combinations.flatMap(before -> values.stream()
                    .map(value ->
                            Stream.concat(before.stream(), Stream.of(value)).toList()));
        }
        return combinations.limit(TERMS_MAX);
    }

    private static List<String> values(@Nullable String setting) {
        return setting == null
                ? List.of()
                : Stream.of(setting.split(",", -1))
                        .filter(value -> !value.isBlank())
                        .toList();
    }
}
