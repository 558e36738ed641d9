package dev.sluice.gateway.account;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.ErrorResponses;
import dev.sluice.gateway.error.UnauthorizedException;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.account.OrganizationRepository;
import dev.sluice.persistence.account.UserRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Guards the API. Clients show their secrets with every request, so there is no session and no need for CSRF tokens. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(ApiSettings.class)
class AccountConfiguration {
    private static final ServerWebExchangeMatcher API = new AndServerWebExchangeMatcher(
            ServerWebExchangeMatchers.pathMatchers("/elements/api-v2/**"),
            new NegatedServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers("/elements/api-v2/events/**")));

    @Bean
    AccountRepository accountRepository(Database database) {
        return new AccountRepository(database);
    }

    @Bean
    RouterFunction<ServerResponse> accountRoutes(Database database) {
        OrganizationRepository organizations = new OrganizationRepository(database);
        return AccountRoutes.of(
                new OrganizationHandler(organizations),
                new UserHandler(new UserRepository(database)),
                new SettingsHandler(organizations));
    }

    @Bean
    CallerAuthenticator callerAuthenticator(AccountRepository accounts, InstanceRepository instances) {
        return new CallerAuthenticator(accounts, instances);
    }

    @Bean
    ServerWebExchangeFirewall firewall() {
        return new ApiFirewall();
    }

    @Bean
    ServerExchangeRejectedHandler rejectedHandler(ErrorResponses errors) {
        return (exchange, rejection) -> errors.handle(
                exchange,
                new BadRequestException("request: not accepted as it stands (expected: plain path and headers)"));
    }

    @Bean
    SecurityWebFilterChain apiSecurity(
            ServerHttpSecurity http, CallerAuthenticator authenticator, ErrorResponses errors, ApiSettings settings) {
        ServerAuthenticationEntryPoint refusal =
                (exchange, failure) -> errors.handle(exchange, new UnauthorizedException(Caller.REFUSAL));
        AuthenticationWebFilter authentication = new AuthenticationWebFilter(authenticator);
        authentication.setServerAuthenticationConverter(authenticator);
        authentication.setSecurityContextRepository(NoOpServerSecurityContextRepository.getInstance());
        authentication.setAuthenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(refusal));
        return http.securityMatcher(API)
                .cors(cors -> cors.configurationSource(exchange -> CrossOrigin.of(settings.allowedOrigins())))
                .csrf(CsrfSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .logout(LogoutSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(authentication, SecurityWebFiltersOrder.AUTHENTICATION)
                .addFilterAfter(new RateLimit(settings, System::nanoTime), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(every -> every.anyExchange().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
                .build();
    }
}
