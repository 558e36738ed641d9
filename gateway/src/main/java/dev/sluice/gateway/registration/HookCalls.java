package dev.sluice.gateway.registration;

import dev.sluice.gateway.oauth.NoAccessException;
import dev.sluice.gateway.oauth.ProviderWords;
import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.ProviderUnreachableException;
import dev.sluice.normalizers.api.HookOutcome;
import dev.sluice.normalizers.api.HookRegistration;
import dev.sluice.normalizers.api.ProviderRequest;
import dev.sluice.normalizers.api.ProviderResponse;
import dev.sluice.persistence.hook.ProviderHooks;
import dev.sluice.persistence.instance.Instance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** One call about one webhook, and what it came to. Nothing here is an error: all is in the {@link Standing}. */
final class HookCalls {
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;

    private final Caller caller;

    /** Makes calls in an instance's name. */
    @FunctionalInterface
    interface Caller {
        /** As {@link dev.sluice.gateway.oauth.ProviderCalls#call}. */
        Mono<ProviderResponse> call(long instanceId, Function<String, ProviderRequest> request);
    }

    HookCalls(Caller caller) {
        this.caller = caller;
    }

    /** How many webhooks the instance is to have. */
    static int count(Provider.Hooks provider, Map<String, String> settings) {
        return provider.registration()
                .create(provider.apiUri(), settings, "", "", "")
                .size();
    }

    /**
     * Registers one.
     *
     * @param index which of those that the instance is to have, from 0
     */
    Mono<Standing> create(Provider.Hooks provider, Instance instance, Standing before, int index) {
        HookRegistration registration = provider.registration();
        HookRegistration.SecretUse use = registration.secretUse();
        String secret = HookSecrets.signing(instance, use);
        String address = HookSecrets.address(instance, before.hooks().url(), use);
        Function<String, ProviderRequest> request = token -> registration
                .create(provider.apiUri(), before.hooks().settings(), token, address, secret)
                .get(index);
        return call(before, request, response -> {
            HookOutcome outcome = registration.created(response);
            if (outcome instanceof HookOutcome.Registered registered) {
                return before.with(registered.id(), registered.secret());
            }
            if (outcome instanceof HookOutcome.Refused refused) {
                String words = ProviderWords.shown(refused.message(), List.of(address, secret));
                return before.failed("HTTP " + refused.status() + (words.isEmpty() ? "" : ", " + words));
            }
            // It may be one of ours: whether all are is asked when each has had its turn.
            return before;
        });
    }

    /** Asks whether one stands; one that does not is left out. */
    Mono<Standing> check(Provider.Hooks provider, Standing before, String id) {
        ProviderHooks hooks = before.hooks();
        Function<String, ProviderRequest> request =
                token -> provider.registration().check(provider.apiUri(), hooks.settings(), token, id);
        return call(before, request, response -> {
            if (isGone(response)) {
                return before.without(id);
            }
            return response.isSuccessful() ? before : before.failed("HTTP " + response.status() + " on looking");
        });
    }

    /** Removes one. */
    Mono<Standing> delete(Provider.Hooks provider, Standing before, String id) {
        ProviderHooks hooks = before.hooks();
        Function<String, ProviderRequest> request =
                token -> provider.registration().delete(provider.apiUri(), hooks.settings(), token, id);
        return call(
                before,
                request,
                response -> response.isSuccessful() || isGone(response)
                        ? before.without(id)
                        : before.failed("HTTP " + response.status() + " on removing"));
    }

    static boolean isGone(ProviderResponse response) {
        return response.status() == NOT_FOUND || response.status() == GONE;
    }

    private Mono<Standing> call(
            Standing before, Function<String, ProviderRequest> request, Function<ProviderResponse, Standing> outcome) {
        return caller.call(before.hooks().instanceId(), request)
                .map(outcome)
                .onErrorResume(
                        error -> error instanceof NoAccessException
                                || error instanceof ProviderUnreachableException
                                || error instanceof IllegalArgumentException,
                        error -> Mono.just(before.failed(Objects.requireNonNullElse(error.getMessage(), "no answer"))));
    }
}
