package dev.sluice.gateway.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code deploy/Dockerfile}, line by line. */
record Dockerfile(List<Instruction> instructions) {
    private static final Path FILE = Path.of("..", "deploy", "Dockerfile");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*\\R");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\R\\s*");
    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\"[^\"]*\"|\\S+)");

    /**
     * One of its lines, with those that go on with it.
     *
     * @param keyword as in {@code RUN}
     * @param arguments what follows
     */
    record Instruction(String keyword, String arguments) {

        /** What stands between blanks, without options. */
        List<String> words() {
            return Stream.of(arguments.split("\\s+"))
                    .filter(word -> !word.startsWith("--"))
                    .toList();
        }

        /** What an option is set to; empty when it is not. */
        String option(String name) {
            return Stream.of(arguments.split("\\s+"))
                    .filter(word -> word.startsWith("--" + name + "="))
                    .map(word -> word.substring(name.length() + 3))
                    .findFirst()
                    .orElse("");
        }
    }

    static Dockerfile read() {
        try {
            String text = CONTINUED
                    .matcher(COMMENT.matcher(Files.readString(FILE)).replaceAll(""))
                    .replaceAll("");
            return new Dockerfile(text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split("\\s+", 2))
                    .map(parts -> new Instruction(parts[0], parts[1]))
                    .toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<Instruction> all(String keyword) {
        return instructions.stream()
                .filter(each -> each.keyword().equals(keyword))
                .toList();
    }

    /** What the container's process has in its environment, as {@code name=value}. */
    List<String> environment() {
        return all("ENV").stream()
                .flatMap(each -> VARIABLE.matcher(each.arguments()).results())
                .map(found -> found.group(1) + "=" + found.group(2).replace("\"", ""))
                .toList();
    }

    /** What the container runs. */
    List<String> entryPoint() {
        return JsonMapper.shared()
                .readTree(all("ENTRYPOINT").get(0).arguments())
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
