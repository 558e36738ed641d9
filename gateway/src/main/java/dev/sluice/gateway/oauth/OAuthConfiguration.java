package dev.sluice.gateway.oauth;

import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.RepeatedWork;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.secret.SecretCipher;
import dev.sluice.persistence.token.TokenRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts of access to providers together. */
@Configuration(proxyBeanMethods = false)
class OAuthConfiguration {
    private static final int AT_ONCE = 8;

    @Bean
    TokenRepository tokenRepository(Database database, SecretCipher cipher) {
        return new TokenRepository(database, cipher);
    }

    @Bean
    Access access(Providers providers, ProviderClient client, TokenRepository tokens) {
        return new Access(providers, new TokenEndpoint(client), new AccountLookup(client), tokens);
    }

    @Bean
    Refresh refresh(Providers providers, ProviderClient client, TokenRepository tokens, InstanceRepository instances) {
        return new Refresh(providers, new TokenEndpoint(client), tokens, instances);
    }

    @Bean
    Tokens tokens(TokenRepository repository, Refresh refresh) {
        return new Tokens(repository, refresh);
    }

    @Bean
    ProviderCalls providerCalls(Tokens tokens, ProviderClient client) {
        return new ProviderCalls(tokens, client);
    }

    @Bean
    Loops refreshes(TokenRepository tokens, Refresh refresh) {
        return RepeatedWork.loop("Refreshing tokens", tokens.leaseDue(Refresh.LEASE, AT_ONCE), refresh::ahead, AT_ONCE);
    }
}
