package dev.sluice.gateway.console.session;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.session.SessionRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Signing in, and who guards the pages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {

    @Bean
    SessionRepository sessionRepository(Database database, SessionSettings settings) {
        return new SessionRepository(database, settings.idle(), settings.longest());
    }

    @Bean
    SessionCookie sessionCookie(@Value("${sluice.public-url:}") String publicUrl) {
        return new SessionCookie(publicUrl);
    }

    @Bean
    SignInLink signInLink() {
        return new SignInLink(System::nanoTime);
    }

    @Bean
    ConsoleAnnouncement consoleAnnouncement(SignInLink link) {
        return new ConsoleAnnouncement(link, System.out);
    }

    @Bean
    Guard guard(SessionRepository sessions, SessionCookie cookie, Pages pages) {
        return new Guard(sessions, cookie, pages);
    }

    @Bean
    Sessions sessions(SessionRepository sessions, SessionCookie cookie) {
        return new Sessions(sessions, cookie);
    }

    @Bean
    SignInLimit signInLimit() {
        return new SignInLimit(System::nanoTime);
    }

    @Bean
    SignInPage signInPage(SessionCookie cookie, ObjectProvider<SignInWay> ways, Pages pages) {
        return new SignInPage(cookie, ways.stream().toList(), pages);
    }

    @Bean
    RouterFunction<ServerResponse> signInRoutes(
            AccountRepository accounts,
            Sessions sessions,
            SignInLimit limit,
            SignInLink link,
            SignInPage page,
            Guard guard) {
        return SignInRoutes.of(new SignInHandler(accounts, sessions, limit, link, page), guard);
    }

    /** After all others: what looks like a page and is none is answered with one that says so. */
    @Bean
    RouterFunction<ServerResponse> consoleNothing(Guard guard) {
        return RouterFunctions.route(
                        RequestPredicates.path("/console/**"),
                        request -> Mono.error(() -> new NotFoundException("There is no such page.")))
                .filter(guard);
    }
}
