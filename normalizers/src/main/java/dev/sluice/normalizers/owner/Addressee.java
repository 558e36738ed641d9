package dev.sluice.normalizers.owner;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.InstanceFinder;
import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.Webhook;
import dev.sluice.normalizers.body.JsonReader;
import dev.sluice.normalizers.body.Outline;
import dev.sluice.normalizers.body.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who is meant by a webhook on the shared URL.
 *
 * @param owners by the element's rules
 * @param found by instances' own finders
 */
public record Addressee(List<Owner> owners, Map<InstanceFinder, List<Owner>> found) {
    /** The most values one finder takes from a body. */
    private static final int VALUES_MAX = 100;

    public Addressee {
        owners = List.copyOf(owners);
        found = Map.copyOf(found);
    }

    /**
     * Reads who is meant.
     *
     * @param finders of the element's instances
     * @throws dev.sluice.normalizers.MalformedBodyException when the body is not what its content type says
     */
    public static Addressee of(Element element, Webhook webhook, Collection<InstanceFinder> finders) {
        List<Owner> owners = element.owners(webhook);
        return new Addressee(owners, finders.isEmpty() ? Map.of() : find(element, webhook, finders));
    }

    /** What to look instances up by; those found are still to be asked for with {@link #includes}. */
    public Set<OwnerTerm> terms() {
        Set<OwnerTerm> terms = new LinkedHashSet<>();
        owners.forEach(owner -> terms.add(OwnerTerm.of(owner)));
        found.forEach((finder, values) -> values.forEach(value -> terms.add(
                OwnerTerm.of(finder.toString(), List.of(value.keys().get(0).value())))));
        return terms;
    }

    /** Whether an instance of the element with these settings is meant. */
    public boolean includes(Element element, Settings settings) {
        return Stream.concat(
                        owners.stream(),
                        OwnerTerms.ownFinder(element, settings).stream()
                                .flatMap(finder -> found.getOrDefault(finder, List.of()).stream()))
                .anyMatch(owner -> owner.isMeant(settings));
    }

    private static Map<InstanceFinder, List<Owner>> find(
            Element element, Webhook webhook, Collection<InstanceFinder> finders) {
        List<Outline> bodies = webhook.body().length == 0
                ? List.of()
                : JsonReader.readBatch(
                        element.raw(webhook.mediaType(), webhook.body()),
                        shape(finders.stream().map(InstanceFinder::path).toList()),
                        "body");
        Map<InstanceFinder, List<Owner>> found = new LinkedHashMap<>();
        for (InstanceFinder finder : finders) {
            Stream<String> values = bodies.isEmpty()
                    ? webhook.query().getOrDefault(String.join(".", finder.path()), List.of()).stream()
                    : bodies.stream().flatMap(body -> values(body, finder.path()));
            List<Owner> owners = values.distinct()
                    .limit(VALUES_MAX)
                    .map(value -> Owner.of(finder.setting(), value))
                    .toList();
            if (!owners.isEmpty()) {
                found.put(finder, owners);
            }
        }
        return found;
    }

    /** Keeps what stands at the end of each path, whether objects or arrays lead there. */
    private static Shape shape(List<List<String>> paths) {
        Map<String, List<List<String>>> byName = new LinkedHashMap<>();
        for (List<String> path : paths) {
            List<List<String>> rest = byName.computeIfAbsent(path.get(0), name -> new ArrayList<>());
            if (path.size() > 1) {
                rest.add(path.subList(1, path.size()));
            }
        }
        Shape shape = Shape.of();
        for (Map.Entry<String, List<List<String>>> named : byName.entrySet()) {
            shape = named.getValue().isEmpty()
                    ? shape.and(named.getKey())
                    : shape.withList(named.getKey(), shape(named.getValue()));
        }
        return shape;
    }

    private static Stream<String> values(Outline body, List<String> path) {
        String name = path.get(0);
        if (path.size() == 1) {
            return Stream.ofNullable(body.text(name));
        }
        Outline object = body.object(name);
        List<Outline> next = object == null ? body.list(name) : List.of(object);
        return next.stream().flatMap(each -> values(each, path.subList(1, path.size())));
    }
}
