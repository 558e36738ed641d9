package dev.sluice.gateway.provisioning;

import dev.sluice.persistence.instance.Instance;
import java.util.List;

/**
 * An instance that was made or changed.
 *
 * @param warnings what came up meanwhile and does not stand with the instance
 */
public record Provisioned(Instance instance, List<String> warnings) {
    public Provisioned {
        warnings = List.copyOf(warnings);
    }
}
