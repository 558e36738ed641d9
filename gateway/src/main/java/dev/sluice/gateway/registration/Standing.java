package dev.sluice.gateway.registration;

import dev.sluice.persistence.hook.ProviderHooks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of working on an instance's webhooks so far.
 *
 * @param secrets those that the provider chose for new ones
 * @param unsigned whether a new one came without such a secret
 * @param problem the first thing that went wrong; null when nothing did
 */
record Standing(
        ProviderHooks hooks,
        Set<String> secrets,
        boolean unsigned,
        @Nullable String problem) {
    Standing {
        secrets = Set.copyOf(secrets);
    }

    static Standing of(ProviderHooks hooks) {
        return new Standing(hooks, Set.of(), false, null);
    }

    Standing with(String id, @Nullable String secret) {
        List<String> ids = new ArrayList<>(hooks.ids());
        ids.add(id);
        Set<String> more = new LinkedHashSet<>(secrets);
        if (secret != null) {
            more.add(secret);
        }
        return new Standing(withIds(ids), more, unsigned || secret == null, problem);
    }

    Standing without(String id) {
        return new Standing(
                withIds(hooks.ids().stream().filter(other -> !other.equals(id)).toList()), secrets, unsigned, problem);
    }

    /** The same, with what is registered from now on leading where it shall, by those settings. */
    Standing placed(Map<String, String> settings) {
        ProviderHooks placed = new ProviderHooks(
                hooks.instanceId(), hooks.wantedUrl(), hooks.wantedUrl(), hooks.ids(), settings, hooks.failures());
        return new Standing(placed, secrets, unsigned, problem);
    }

    private ProviderHooks withIds(List<String> ids) {
        return new ProviderHooks(
                hooks.instanceId(), hooks.wantedUrl(), hooks.url(), ids, hooks.settings(), hooks.failures());
    }

    Standing failed(String reason) {
        return new Standing(hooks, secrets, unsigned, problem == null ? reason : problem);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Standing[hooks=" + hooks.ids().size() + ", problem=" + problem + "]";
    }
}
