package dev.sluice.persistence.owner;

import java.util.Map;
import java.util.Set;

/** Says what the shared webhook URL finds an instance by. */
@FunctionalInterface
public interface OwnerRules {
    /** Nothing: instances are found by their id and token only. */
    OwnerRules NONE = (elementKey, configuration) -> Set.of();

    /**
     * The terms of an instance.
     *
     * @param configuration without what is secret: terms are stored in the clear
     */
    Set<OwnerTerm> terms(String elementKey, Map<String, String> configuration);
}
