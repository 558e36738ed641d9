package dev.sluice.gateway.console.instance;

import dev.sluice.normalizers.ConfigurationField;
import dev.sluice.normalizers.Element;
import java.util.Comparator;
import java.util.List;

/** Calls settings what the forms call them: the API's keys say nothing to who has seen only those. */
final class Labels {
    private final List<ConfigurationField> longestFirst;

    Labels(Element element) {
        // A key may begin with another one.
        longestFirst = element.configuration().stream()
                .filter(field -> !field.hidden())
                .sorted(Comparator.comparingInt(
                                (ConfigurationField field) -> field.key().length())
                        .reversed())
                .toList();
    }

    /** The sentence with labels for keys. */
    String in(String sentence) {
        String said = sentence;
        for (ConfigurationField field : longestFirst) {
            said = said.replace(field.key(), "“" + field.label() + "”");
        }
        return said;
    }
}
