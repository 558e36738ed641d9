package dev.sluice.normalizers.sample;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An element's sample bodies, read when they are asked for.
 *
 * @param elementKey the folder
 * @param extension of the files: {@code json} or {@code form}
 */
public record SampleBodies(String elementKey, String extension) {

    /** The types there are, what is tried most first: {@code push.commits}. A file cannot be listed inside a jar. */
    public List<String> types() {
        return read(elementKey + "/types.txt").lines().toList();
    }

    /**
     * The body of that type, without white space around it.
     *
     * @throws IllegalArgumentException when there is no such type
     */
    public String body(String type) {
        if (!types().contains(type)) {
            throw new IllegalArgumentException("type: " + type + " (expected: one of " + types() + ")");
        }
        return read(elementKey + "/" + type + "." + extension).strip();
    }

    private static String read(String resource) {
        try (InputStream in = SampleBodies.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("sample " + resource + ": not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException("sample " + resource, failed);
        }
    }
}
