package dev.sluice.gateway.account;

import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads the secrets that a request shows and finds whose they are. */
final class CallerAuthenticator implements ServerAuthenticationConverter, ReactiveAuthenticationManager {
    private final AccountRepository accounts;
    private final InstanceRepository instances;

    CallerAuthenticator(AccountRepository accounts, InstanceRepository instances) {
        this.accounts = accounts;
        this.instances = instances;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return Mono.fromSupplier(() -> exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION))
                .filter(headers -> !headers.isEmpty())
                .map(headers -> Credentials.parse(headers)
                        .map(CallerAuthentication::claimed)
                        .orElseThrow(() -> new BadCredentialsException(Caller.REFUSAL)));
    }

    @Override
    public Mono<Authentication> authenticate(Authentication claimed) {
        return Mono.justOrEmpty(claimed.getCredentials())
                .ofType(Credentials.class)
                .flatMap(this::caller)
                .switchIfEmpty(Mono.error(() -> new BadCredentialsException(Caller.REFUSAL)))
                .map(CallerAuthentication::proven);
    }

    private Mono<Caller> caller(Credentials credentials) {
        String organization = credentials.organization();
        String element = credentials.element();
        if (organization != null) {
            return accounts.find(organization, credentials.user())
                    .flatMap(account -> element == null
                            ? Mono.just(new Caller(account, null))
                            : instances
                                    .findByToken(element)
                                    .filter(instance -> instance.organizationId() == account.organizationId())
                                    .map(instance -> new Caller(account, instance)));
        }
        return Mono.justOrEmpty(element).flatMap(token -> ofInstance(token, credentials.user()));
    }

    /** Without an organization's secret, the instance says which organization the user has to be of. */
    private Mono<Caller> ofInstance(String token, String user) {
        return instances
                .findByToken(token)
                .flatMap(instance ->
                        accounts.find(instance.organizationId(), user).map(account -> new Caller(account, instance)));
    }
}
