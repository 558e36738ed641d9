package dev.sluice.gateway.startup;

import java.nio.file.Path;
import java.util.List;

/**
 * One way to run the jar.
 *
 * @param name with the Java that runs it
 * @param home of that Java
 * @param jar as it was built, or as it was extracted
 * @param training options of the one run that prepares the others; empty when there is nothing to prepare
 * @param options of those others
 */
record Variant(String name, Path home, Path jar, List<String> training, List<String> options) {

    /** Those of one Java: the jar, and the jar extracted with an archive of classes or, from 25 on, a cache of more than that. */
    static List<Variant> of(Path home, int version, Path jar, Path extracted, Path directory) {
        Path archive = directory.resolve("sluice-" + version + ".jsa");
        Path cache = directory.resolve("sluice-" + version + ".aot");
        Variant plain = new Variant("Java " + version + ", jar", home, jar, List.of(), List.of());
        Variant shared = new Variant(
                "Java " + version + ", extracted, AppCDS",
                home,
                extracted,
                List.of("-XX:ArchiveClassesAtExit=" + archive),
                List.of("-XX:SharedArchiveFile=" + archive));
        Variant ahead = new Variant(
                "Java " + version + ", extracted, AOT cache",
                home,
                extracted,
                List.of("-XX:AOTCacheOutput=" + cache),
                List.of("-XX:AOTCache=" + cache));
        return version < 25 ? List.of(plain, shared) : List.of(plain, shared, ahead);
    }

    boolean isPrepared() {
        return !training.isEmpty();
    }
}
