package dev.sluice.gateway.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of the documentation.
 *
 * @param text without its code blocks: what is a comment there is no heading
 */
public record Page(Path file, String text) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    /** Reads one by its path from the root of the sources. */
    public static Page read(String path) {
        return read(ROOT.resolve(path));
    }

    private static Page read(Path file) {
        try {
            return new Page(file, CODE.matcher(Files.readString(file)).replaceAll(""));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The readme and all below {@code docs}. */
    static List<Page> all() {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(file -> file.toString().endsWith(".md")))
                    .map(Page::read)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What its headings are linked by. */
    public Set<String> anchors() {
        return HEADING.matcher(text)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /** What it links to, other than pages elsewhere. */
    List<String> links() {
        return LINK.matcher(text)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();
    }

    /** The rows of the table below that heading, each as its cells. */
    public List<List<String>> table(String heading) {
        int from = text.indexOf("## " + heading + "\n");
        if (from < 0) {
            throw new IllegalArgumentException("no heading " + heading + " in " + file);
        }
        int to = text.indexOf("\n## ", from + 1);
        return text.substring(from, to < 0 ? text.length() : to)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** What stands below that heading, up to the next of any rank. */
    public String chapter(String heading) {
        Matcher start =
                Pattern.compile("(?m)^#{1,6} " + Pattern.quote(heading) + "$").matcher(text);
        if (!start.find()) {
            throw new IllegalArgumentException("no heading " + heading + " in " + file);
        }
        Matcher next = HEADING.matcher(text);
        return text.substring(start.end(), next.find(start.end()) ? next.start() : text.length());
    }

    /** All that stands between backticks in that text. */
    static List<String> code(String text) {
        return Pattern.compile("`([^`]+)`")
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
