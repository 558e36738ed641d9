package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Goes through all that came out in one run of the build.
 *
 * @param directories of reports and of what was {@link Said}; those that are not there hold nothing
 * @param since when the run began: older files are another's
 */
record OutputSearch(List<Path> directories, Instant since) {
    private static final String MASK = "********";

    /** What an answer may show once, and nothing else ever. */
    private static final Pattern SHOWN = Pattern.compile("\"(?:token|secret|signatureKey)\" ?: ?\"([^\"*]{16,})\"");

    OutputSearch {
        directories = List.copyOf(directories);
    }

    /** Every place where a secret came out. */
    List<String> leaks() {
        Set<String> given = linesOf("given-");
        Set<String> shown = matchesIn("answered-", SHOWN);
        SecretSearch inAnswers = new SecretSearch(given);
        SecretSearch inLogs =
                new SecretSearch(Stream.of(given, shown).flatMap(Set::stream).collect(Collectors.toSet()));
        return files().filter(file -> !isNamed(file, "asked-") && !isNamed(file, "given-"))
                .flatMap(file -> (isNamed(file, "answered-") ? inAnswers : inLogs)
                        .findings(read(file)).stream().map(finding -> file + ": " + finding))
                .toList();
    }

    /**
     * The secret settings that a request gave without a marker in them, where nobody would have found them.
     *
     * @param published all that is shown to everybody: an example in there is no secret
     */
    List<String> unplanted(Collection<String> secretKeys, String published) {
        String keys = secretKeys.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        Pattern setting = Pattern.compile("\"(?<inJson>" + keys
                + ")\" ?: ?\"(?<json>(?:[^\"\\\\]|\\\\.)*)\"|(?<![^&\\s])(?<inForm>" + keys + ")=(?<form>[^&\\s]*)");
        Set<String> unplanted = new TreeSet<>();
        Set<String> others = linesOf("given-");
        files().filter(file -> isNamed(file, "asked-")).forEach(file -> {
            for (Matcher given = setting.matcher(read(file)); given.find(); ) {
                boolean isForm = given.group("inForm") != null;
                String value = isForm ? URLDecoder.decode(given.group("form"), UTF_8) : given.group("json");
                boolean isFound = SecretSearch.isPlanted(value) || others.contains(value);
                if (!value.isEmpty() && !value.equals(MASK) && !isFound && !published.contains(value)) {
                    unplanted.add(given.group(isForm ? "inForm" : "inJson") + ": " + value);
                }
            }
        });
        return List.copyOf(unplanted);
    }

    /** Whether there is a file of that name's beginning with that text in it. */
    boolean holds(String name, String text) {
        return files().filter(file -> isNamed(file, name))
                .anyMatch(file -> read(file).contains(text));
    }

    private Set<String> linesOf(String name) {
        return files().filter(file -> isNamed(file, name))
                .flatMap(file -> read(file).lines())
                .collect(Collectors.toSet());
    }

    private Set<String> matchesIn(String name, Pattern pattern) {
        Set<String> found = new HashSet<>();
        files().filter(file -> isNamed(file, name)).forEach(file -> {
            for (Matcher match = pattern.matcher(read(file)); match.find(); ) {
                found.add(match.group(1));
            }
        });
        return found;
    }

    private static boolean isNamed(Path file, String beginning) {
        return String.valueOf(file.getFileName()).startsWith(beginning);
    }

    /** All files of the run. */
    Stream<Path> files() {
        return directories.stream().filter(Files::isDirectory).flatMap(this::filesIn);
    }

    private Stream<Path> filesIn(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            return all
                    .filter(Files::isRegularFile)
                    .filter(file -> !modified(file).isBefore(since))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
