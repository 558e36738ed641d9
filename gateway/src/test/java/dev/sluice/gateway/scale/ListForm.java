package dev.sluice.gateway.scale;

import java.util.Locale;
import java.util.function.IntFunction;

/**
 * One way to ask for a list, or for a page of the console.
 *
 * @param path below {@code /elements/api-v2}, or of the console, for each round another where the form has a variable part
 */
record ListForm(String name, IntFunction<String> path) {
    /** The same path each round. */
    static ListForm fixed(String path) {
        return new ListForm("`" + path + "`", round -> path);
    }

    /** Whether it is a page. */
    boolean isPage() {
        return Caller.isPage(path.apply(0));
    }

    /** Whether {@code -Dsluice.scale.only} lets it through. */
    boolean isWanted() {
        return name.toLowerCase(Locale.ROOT)
                .contains(System.getProperty("sluice.scale.only", "").toLowerCase(Locale.ROOT));
    }
}
