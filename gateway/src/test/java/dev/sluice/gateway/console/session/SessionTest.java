package dev.sluice.gateway.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.error.TooManyRequestsException;
import dev.sluice.persistence.account.Account;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;

final class SessionTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void bindsTheCookieToThisHostOverHttps() {
        SessionToken token = SessionToken.random();

        String cookie =
                new SessionCookie("https://hooks.example").of(request(), token).toString();

        assertThat(cookie)
                .startsWith("__Host-sluice-session=" + token.value())
                .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
                .doesNotContain("Domain");
    }

    @Test
    void usesAnOrdinaryCookieOverPlainHttp() {
        String cookie =
                new SessionCookie("").of(request(), SessionToken.random()).toString();

        assertThat(cookie).startsWith("sluice-session=").contains("; HttpOnly").doesNotContain("Secure");
    }

    @Test
    void provesAFormByItsOwnSessionOnly() {
        SessionToken mine = SessionToken.random();

        assertThat(mine.isProvenBy(mine.formToken())).isTrue();
        assertThat(mine.isProvenBy(SessionToken.random().formToken())).isFalse();
        assertThat(mine.formToken()).isNotEqualTo(mine.value());
        assertThat(mine).hasToString("SessionToken");
    }

    @Test
    void knowsTheStateItGaveAProviderAndGivesNothingAway() {
        Visitor visitor = new Visitor(new Account(1, "o", 2, "e", "f", "l"), SessionToken.random());
        Visitor another = new Visitor(visitor.account(), SessionToken.random());
        String state = visitor.stateOf(7);

        assertThat(visitor.made(state)).isTrue();
        assertThat(visitor.made(state.replaceFirst("7", "8"))).isFalse();
        assertThat(visitor.made("")).isFalse();
        assertThat(visitor.made("7." + visitor.token().formToken())).isFalse();
        assertThat(another.made(state)).isFalse();
    }

    @Test
    void signsInOnceByALinkAndNotTooLate() {
        AtomicLong now = new AtomicLong();
        SignInLink link = new SignInLink(now::get);
        String token = token(link.path());

        assertThat(link.uses("another")).isFalse();
        assertThat(link.uses(token)).isTrue();
        assertThat(link.uses(token)).isFalse();

        String late = token(link.path());
        now.addAndGet(31 * 60 * SECOND);
        assertThat(link.uses(late)).isFalse();
    }

    @Test
    void letsNobodyTryForEver() {
        AtomicLong now = new AtomicLong();
        SignInLimit limit = new SignInLimit(now::get);
        for (int attempt = 0; attempt < 10; attempt++) {
            limit.take("192.0.2.1");
        }

        assertThatThrownBy(() -> limit.take("192.0.2.1")).isInstanceOf(TooManyRequestsException.class);
        assertThatCode(() -> limit.take("192.0.2.2")).doesNotThrowAnyException();
        now.addAndGet(SECOND);
        assertThatCode(() -> limit.take("192.0.2.1")).doesNotThrowAnyException();
    }

    private static String token(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static MockServerRequest request() {
        return MockServerRequest.builder()
                .uri(URI.create("http://localhost/console"))
                .build();
    }
}
