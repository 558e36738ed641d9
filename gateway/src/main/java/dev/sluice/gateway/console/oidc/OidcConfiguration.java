package dev.sluice.gateway.console.oidc;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.console.session.SessionCookie;
import dev.sluice.gateway.console.session.Sessions;
import dev.sluice.gateway.console.session.SignInLimit;
import dev.sluice.gateway.console.session.SignInPage;
import dev.sluice.gateway.console.session.SignInWay;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.account.AccountRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Signing in by an issuer, where one is named. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("!'${sluice.console.oidc.issuer:}'.isBlank()")
@EnableConfigurationProperties(OidcSettings.class)
class OidcConfiguration {

    @Bean
    SignInWay oidcWay(OidcSettings settings) {
        return new SignInWay(settings.host(), OidcHandler.BEGIN);
    }

    @Bean
    OidcIssuer oidcIssuer(OidcSettings settings) {
        return new OidcIssuer(settings, ProviderClient.of(settings.issuer()));
    }

    @Bean
    OidcHandler.Rounds oidcRounds(SignInLimit limit, WebhookAddress addresses, OidcSettings settings) {
        return new OidcHandler.Rounds(limit, addresses, settings.issuer());
    }

    /** Before the link in the terminal, whose token could be any word. */
    @Bean
    @Order(-1)
    RouterFunction<ServerResponse> oidcRoutes(
            OidcIssuer issuer,
            OidcHandler.Rounds rounds,
            ClaimedAccount accounts,
            Sessions sessions,
            SignInPage page,
            @Value("${sluice.public-url:}") String publicUrl) {
        OidcHandler handler = new OidcHandler(
                issuer, accounts, sessions, new SessionCookie("sluice-sign-in", publicUrl), page, rounds);
        return Resource.at(OidcHandler.BEGIN)
                .on(GET, handler::begin)
                .route()
                .and(Resource.at(OidcHandler.RETURN).on(GET, handler::comeBack).route());
    }

    @Bean
    ClaimedAccount claimedAccount(OidcSettings settings, AccountRepository accounts) {
        return new ClaimedAccount(settings, accounts);
    }
}
