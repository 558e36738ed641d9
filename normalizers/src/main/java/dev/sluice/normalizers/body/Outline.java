package dev.sluice.normalizers.body;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, as much of it as its {@link Shape} kept. Of a field given twice the last one counts. A field that is
 * missing, {@code null} or of another type than asked for is absent, never an error.
 */
public final class Outline {
    /** At most so many fields of one object are kept beside those that are asked for by name. */
    public static final int FIELDS_MAX = 64;

    /** At most so many characters of one text are kept; longer ones are cut. */
    public static final int TEXT_LENGTH_MAX = 1_000;

    /** An object without fields, which also stands for an array element that is no object. */
    public static final Outline EMPTY = new Outline();

    private static final Object[] NONE = {};

    /** Name and value of one field after the other: few enough that looking through them beats any map. */
    private Object[] fields = NONE;

    private int size;

    Outline() {}

    /** A number as it is written, told apart from text because only numbers can be Unix times. */
    record NumberText(String digits) {}

    /** The string, number or boolean as text, or null when absent or blank. */
    public @Nullable String text(String name) {
        Object value = find(name);
        if (value instanceof String text) {
            return text.isBlank() ? null : text;
        }
        if (value instanceof NumberText number) {
            return number.digits();
        }
        return value instanceof Boolean bool ? bool.toString() : null;
    }

    /** Whether the field is the JSON value {@code true}. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(find(name));
    }

    /** The object in that field, or null when absent. */
    public @Nullable Outline object(String name) {
        return find(name) instanceof Outline outline ? outline : null;
    }

    /** The object reached by these names one after the other, this one when there are none; null when absent. */
    public @Nullable Outline at(List<String> path) {
        Outline reached = this;
        for (String name : path) {
            reached = reached.object(name);
            if (reached == null) {
                return null;
            }
        }
        return reached;
    }

    /** The text of a field of the object in that field, or null when either is absent. */
    public @Nullable String text(String objectName, String name) {
        Outline object = object(objectName);
        return object == null ? null : object.text(name);
    }

    /** The first of these fields that is present, as text, or null when none is. */
    public @Nullable String firstText(List<String> candidates) {
        for (String name : candidates) {
            String text = text(name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** The objects of the array in that field, other elements as {@link #EMPTY}; empty when absent. */
    @SuppressWarnings("unchecked") // The reader puts no other lists here.
    public List<Outline> list(String name) {
        return find(name) instanceof List<?> list ? (List<Outline>) list : List.of();
    }

    /** The moment in that field: an ISO date and time with an offset, or Unix seconds as a number; null otherwise. */
    public @Nullable Instant instant(String name) {
        Object value = find(name);
        if (value instanceof String text) {
            return Timestamps.parse(text);
        }
        return value instanceof NumberText number ? Timestamps.ofUnixSeconds(number.digits()) : null;
    }

    /** The moment in the field that is reached by these names one after the other; null when there is none. */
    public @Nullable Instant instantAt(List<String> path) {
        Outline holder = this;
        int last = path.size() - 1;
        for (int i = 0; i < last && holder != null; i++) {
            holder = holder.object(path.get(i));
        }
        return holder == null ? null : holder.instant(path.get(last));
    }

    /** The first of these fields that holds a moment, or null when none does. */
    public @Nullable Instant firstInstant(List<String> candidates) {
        for (String name : candidates) {
            Instant instant = instant(name);
            if (instant != null) {
                return instant;
            }
        }
        return null;
    }

    /** The names of the kept fields in the order of the body. */
    public List<String> names() {
        List<String> names = new ArrayList<>(size / 2);
        for (int i = 0; i < size; i += 2) {
            names.add((String) fields[i]);
        }
        return names;
    }

    boolean hasRoom() {
        return size < FIELDS_MAX * 2;
    }

    void put(String name, Object value) {
        int index = indexOf(name);
        if (index >= 0) {
            fields[index + 1] = value;
            return;
        }
        if (size == fields.length) {
            fields = Arrays.copyOf(fields, Math.max(8, size * 2));
        }
        fields[size] = name;
        fields[size + 1] = value;
        size += 2;
    }

    /** Forgets a field that a later one of the same name, holding nothing that is kept, replaced. */
    void remove(String name) {
        int index = indexOf(name);
        if (index >= 0) {
            size -= 2;
            System.arraycopy(fields, index + 2, fields, index, size - index);
        }
    }

    private @Nullable Object find(String name) {
        int index = indexOf(name);
        return index < 0 ? null : fields[index + 1];
    }

    private int indexOf(String name) {
        for (int i = 0; i < size; i += 2) {
            if (name.equals(fields[i])) {
                return i;
            }
        }
        return -1;
    }
}
