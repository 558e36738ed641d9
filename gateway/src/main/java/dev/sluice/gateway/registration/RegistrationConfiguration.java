package dev.sluice.gateway.registration;

import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.RepeatedWork;
import dev.sluice.gateway.oauth.ProviderCalls;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.hook.HookRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.secret.SecretCipher;
import dev.sluice.persistence.token.LeavingRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of registering webhooks together. */
@Configuration(proxyBeanMethods = false)
class RegistrationConfiguration {
    private static final int AT_ONCE = 8;

    @Bean
    HookRepository hookRepository(Database database) {
        return new HookRepository(database);
    }

    @Bean
    LeavingRepository leavingRepository(Database database, SecretCipher cipher) {
        return new LeavingRepository(database, cipher);
    }

    @Bean
    Registrar registrar(Providers providers, ProviderCalls calls, HookRepository hooks, InstanceRepository instances) {
        return new Registrar(providers, new HookCalls(calls::call), new HookSecrets(instances), hooks, instances);
    }

    @Bean
    Registrations registrations(Providers providers, ProviderCalls calls, HookRepository hooks, Registrar registrar) {
        return new Registrations(providers, calls, hooks, registrar);
    }

    @Bean
    Loops hookChecks(HookRepository hooks, Registrar registrar) {
        return RepeatedWork.loop(
                "Looking after webhooks at providers",
                hooks.leaseDue(Registrar.LEASE, AT_ONCE),
                registrar::work,
                AT_ONCE);
    }

    @Bean
    Loops farewells(Providers providers, ProviderClient client, HookRepository hooks, LeavingRepository leavings) {
        return RepeatedWork.loop(
                "Leaving providers",
                leavings.claim(Registrar.LEASE, AT_ONCE),
                new Farewell(providers, client, hooks, leavings)::say,
                AT_ONCE);
    }
}
