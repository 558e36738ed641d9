package dev.sluice.gateway.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * One place in the document.
 *
 * @param root the whole document
 * @param pointer where in it; what a reference stood for has its own place
 */
record Part(JsonNode root, JsonPointer pointer) {

    static Part whole(JsonNode root) {
        return new Part(root, JsonPointer.empty());
    }

    JsonNode node() {
        return root.at(pointer);
    }

    /** What stands there under that name, or what it refers to. */
    Optional<Part> child(String name) {
        return node().has(name)
                ? Optional.of(new Part(root, pointer.appendProperty(name)).resolved())
                : Optional.empty();
    }

    /** The same, which has to be there. */
    Part get(String name) {
        return child(name).orElseThrow(() -> new AssertionError(pointer + "/" + name + ": missing in the document"));
    }

    /** The elements of the list under that name; none when there is no such list. */
    List<Part> list(String name) {
        List<Part> elements = new ArrayList<>();
        child(name).ifPresent(list -> {
            for (int index = 0; index < list.node().size(); index++) {
                elements.add(new Part(root, list.pointer.appendIndex(index)).resolved());
            }
        });
        return elements;
    }

    /** The names that stand there. */
    List<String> names() {
        return List.copyOf(node().propertyNames());
    }

    String text(String name) {
        return node().path(name).asString("");
    }

    /** A reference with more beside it is a schema of its own. */
    private Part resolved() {
        JsonNode reference = node().get("$ref");
        return reference == null || node().size() > 1
                ? this
                : new Part(root, JsonPointer.compile(reference.asString().substring(1))).resolved();
    }
}
