package dev.sluice.gateway.provisioning;

import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.owner.OwnerTerms;
import dev.sluice.persistence.owner.OwnerRules;
import dev.sluice.persistence.owner.OwnerTerm;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the shared webhook URL finds instances by, as their elements say. */
record SharedUrlOwners(Elements elements) implements OwnerRules {

    @Override
    public Set<OwnerTerm> terms(String elementKey, Map<String, String> configuration) {
        return elements.find(elementKey)
                .map(element -> OwnerTerms.of(element, new Settings(configuration)).stream()
                        .map(term -> new OwnerTerm(term.rule(), term.value()))
                        .collect(Collectors.toSet()))
                .orElseGet(Set::of);
    }
}
