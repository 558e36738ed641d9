package dev.sluice.normalizers;

/**
 * What the catalog shows of an element.
 *
 * @param key the name in URLs and requests: {@code github}
 * @param id the original platform's number for it, which its clients may use instead of the key
 * @param name as shown to people: {@code GitHub}
 * @param description one sentence
 * @param hub the original's group of elements: {@code general}, {@code documents} …
 * @param authentication {@code oauth2} or {@code basic}
 */
public record ElementDescriptor(
        String key, int id, String name, String description, String hub, String authentication) {}
