package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * A folder in which the Dockerfile's lines were run: what they call {@code /app} is below it. What needs root or a registry is
 * left out: packages, users, and the build of the jar, which is there already.
 *
 * @param root what stands for {@code /}
 * @param home the Java of its base
 */
record UnpackedImage(Path root, Path home) {
    private static final Pattern PLACES =
            Pattern.compile("(?<![\\w./-])/(source|layers|app|training|tmp|var/lib/sluice)\\b");
    private static final Pattern LEFT_OUT = Pattern.compile("apt-get|mvn |useradd|install -d");
    private static final String SOURCES = ". .";

    /** Runs them. Blocks, for a minute or two. */
    static UnpackedImage build(Dockerfile file, Path home, Path root) throws IOException, InterruptedException {
        FileSystemUtils.deleteRecursively(root);
        Files.createDirectories(root.resolve("tmp"));
        UnpackedImage image = new UnpackedImage(root, home);
        Path folder = root;
        int run = 0;
        for (Dockerfile.Instruction each : file.instructions()) {
            switch (each.keyword()) {
                case "WORKDIR" -> folder = Files.createDirectories(image.there(Path.of(each.arguments())));
                case "COPY" -> image.copy(each, folder);
                case "RUN" -> {
                    if (!LEFT_OUT.matcher(each.arguments()).find()) {
                        image.shell(image.there(each.arguments()), folder);
                        run++;
                    }
                }
                default -> {}
            }
        }
        assertThat(run).as("lines that were run").isEqualTo(2);
        return image;
    }

    private void copy(Dockerfile.Instruction copy, Path folder) throws IOException, InterruptedException {
        if (copy.arguments().equals(SOURCES)) {
            Path target = Files.createDirectories(folder.resolve("gateway/target"));
            shell(
                    "cp target/sluice.jar " + target + " && cp -r ../deploy " + folder,
                    Path.of("").toAbsolutePath());
            return;
        }
        List<String> words = copy.words();
        String target = there(words.get(words.size() - 1));
        for (String source : words.subList(0, words.size() - 1)) {
            // Of a folder its content, and times as they are: Java compares them.
            String from = there(source) + (source.endsWith("/") ? "." : "");
            shell("mkdir -p " + target + " && cp -rp " + from + " " + target, folder);
        }
    }

    private void shell(String line, Path folder) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euc", line)
                .directory(folder.toFile())
                .inheritIO();
        builder.environment().put("JAVA_HOME", home.toString());
        builder.environment().merge("PATH", home.resolve("bin").toString(), (path, first) -> first + ":" + path);
        assertThat(builder.start().waitFor()).as(line).isZero();
    }

    /** Where that path of the image is. */
    Path there(Path path) {
        return Path.of(there(path.toString()));
    }

    /** The text with all paths of the image where they are. */
    String there(String text) {
        return PLACES.matcher(text).replaceAll(Matcher.quoteReplacement(root.toString()) + "/$1");
    }
}
