package dev.sluice.gateway.console.session;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.session.SessionRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

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
    RouterFunction<ServerResponse> signInRoutes(
            AccountRepository accounts,
            SessionRepository sessions,
            SessionCookie cookie,
            SignInLink link,
            Pages pages,
            Guard guard) {
        SignInLimit limit = new SignInLimit(System::nanoTime);
        return SignInRoutes.of(new SignInHandler(accounts, sessions, cookie, limit, link, pages), guard);
    }
}
