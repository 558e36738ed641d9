package dev.sluice.normalizers.body;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a JSON value is kept while it is read; everything else is checked and passed over. Immutable: each method
 * answers a new shape.
 */
public final class Shape {
    /** Strings, numbers and booleans are kept, objects and arrays are not. */
    public static final Shape SCALAR = new Shape(Map.of(), null, false, true);

    /** Never changed; a hash map, because it is asked for every name of every body. */
    private final Map<String, Shape> fields;

    private final @Nullable Shape others;
    private final boolean list;
    private final boolean scalars;

    private Shape(Map<String, Shape> fields, @Nullable Shape others, boolean list, boolean scalars) {
        this.fields = fields;
        this.others = others;
        this.list = list;
        this.scalars = scalars;
    }

    /** An object of which these scalar fields are kept. */
    public static Shape of(String... scalarFields) {
        return SCALAR.and(scalarFields);
    }

    /** Keeps these scalar fields as well. */
    public Shape and(String... scalarFields) {
        Map<String, Shape> more = new HashMap<>(fields);
        Arrays.stream(scalarFields).forEach(name -> more.putIfAbsent(name, SCALAR));
        return new Shape(more, others, list, scalars);
    }

    /** Keeps the field by that shape; where it holds an array, not at all: see {@link #withList}. */
    public Shape with(String name, Shape shape) {
        Map<String, Shape> more = new HashMap<>(fields);
        more.put(name, shape);
        return new Shape(more, others, list, scalars);
    }

    /** Keeps the elements of the array in that field, each by that shape; where it holds no array, by the shape. */
    public Shape withList(String name, Shape elements) {
        return with(name, new Shape(elements.fields, elements.others, true, elements.scalars));
    }

    /** Keeps the objects in fields of any other name by that shape, up to {@link Outline#FIELDS_MAX} fields in all. */
    public Shape withOtherObjects(Shape shape) {
        return new Shape(fields, new Shape(shape.fields, shape.others, shape.list, false), list, scalars);
    }

    /** As {@link #withOtherObjects}, and keeps scalars of any other name too. */
    public Shape withOthers(Shape shape) {
        return new Shape(fields, shape, list, scalars);
    }

    /** The shape of the field with that name, null when it is not kept by name. */
    @Nullable Shape named(String name) {
        return fields.get(name);
    }

    /** The shape of fields with any other name, null when they are not kept. */
    @Nullable Shape others() {
        return others;
    }

    boolean isObject() {
        return !fields.isEmpty() || others != null;
    }

    boolean isList() {
        return list;
    }

    boolean keepsScalars() {
        return scalars;
    }
}
