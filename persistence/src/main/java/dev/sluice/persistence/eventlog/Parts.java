package dev.sluice.persistence.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How an event's items are put into notifications: the same on every node and at any time, because items never change. */
public final class Parts {
    /** An event of more objects is put into parts of any objects, and those stand in no line: a part's number is small. */
    static final int OBJECTS_MAX = 10_000;

    private static final int ITEMS_MAX = EventDraft.ITEMS_PER_PART;

    private Parts() {}

    private record Thing(String type, String id) {
        static Thing of(EventItem item) {
            return new Thing(item.objectType(), item.objectId());
        }

        /** A hash: two objects in one line only wait for each other. */
        long orderKey() {
            try {
                MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                byte[] name = type.getBytes(UTF_8);
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
                sha256.update(name);
                return ByteBuffer.wrap(sha256.digest(id.getBytes(UTF_8))).getLong();
            } catch (NoSuchAlgorithmException everyPlatformHasIt) {
                throw new IllegalStateException(everyPlatformHasIt);
            }
        }
    }

    /** The first 20 items, the next 20, and so on. */
    public static List<List<EventItem>> inOrder(List<EventItem> items) {
        List<List<EventItem>> parts = new ArrayList<>();
        for (int from = 0; from < items.size(); from += ITEMS_MAX) {
            parts.add(items.subList(from, Math.min(from + ITEMS_MAX, items.size())));
        }
        return parts;
    }

    /** Those of the object that comes first, in order and 20 at a time, then those of the next object. */
    public static List<List<EventItem>> byObject(List<EventItem> items) {
        List<List<EventItem>> parts = new ArrayList<>();
        objects(items).values().forEach(ofOne -> parts.addAll(inOrder(ofOne)));
        return parts;
    }

    /**
     * The line of each part by object.
     *
     * @return as many as {@link #byObject} makes parts; empty when those are too many
     */
    static List<Long> orderKeys(List<EventItem> items) {
        List<Long> keys = new ArrayList<>();
        objects(items).forEach((thing, ofOne) -> {
            long key = thing.orderKey();
            inOrder(ofOne).forEach(part -> keys.add(key));
        });
        return keys.size() > OBJECTS_MAX ? List.of() : keys;
    }

    private static Map<Thing, List<EventItem>> objects(List<EventItem> items) {
        Map<Thing, List<EventItem>> objects = new LinkedHashMap<>();
        items.forEach(item -> objects.computeIfAbsent(Thing.of(item), first -> new ArrayList<>())
                .add(item));
        return objects;
    }
}
