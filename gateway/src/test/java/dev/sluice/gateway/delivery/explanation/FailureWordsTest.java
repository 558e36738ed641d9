package dev.sluice.gateway.delivery.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.delivery.egress.EgressLimits;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What cannot be had from a receiver on this machine; the rest is with the calls. */
class FailureWordsTest {
    private static final URI CALLBACK = URI.create("HTTPS://hooks.example.com:8443/secret/path?token=secret");
    private static final String ORIGIN = "https://hooks.example.com:8443";

    private final FailureWords words =
            new FailureWords(new EgressLimits(Duration.ofSeconds(15), Duration.ofMillis(2_500), 1));

    @Test
    void namesAHostThatHasNoAddress() {
        assertThat(said(new UnknownHostException("Failed to resolve 'hooks.example.com' [A(1)] at 10.0.0.53")))
                .startsWith("No address was found for the host name hooks.example.com.");
    }

    @Test
    void tellsWhoIsAwayFromWhoIsSlowFromWhoDoesNotListen() {
        assertThat(said(new ConnectTimeoutException("connection timed out: /10.1.2.3:8443")))
                .startsWith(ORIGIN + " took no connection within 2500 ms.");
        assertThat(said(new NoRouteToHostException("no route: /10.1.2.3"))).startsWith("There is no way to " + ORIGIN);
        assertThat(said(new ConnectException("finishConnect(..) failed with error(-111): Connection refused")))
                .startsWith("Nothing listens at " + ORIGIN + ": connection refused.");
        assertThat(said(new ConnectException("connect(..): Cannot assign requested address: /10.1.2.3")))
                .startsWith(ORIGIN + " could not be connected to.");
        assertThat(said(new TimeoutException("No status line came in time")))
                .startsWith(ORIGIN + " did not answer within 15 s.");
        assertThat(said(new IOException("recvAddress(..) failed: Connection reset by peer")))
                .startsWith(ORIGIN + " closed the connection before it answered.");
    }

    @Test
    void saysWhatIsWrongWithACertificate() {
        assertThat(said(handshake(new CertificateExpiredException("NotAfter: yesterday"))))
                .contains(ORIGIN + " was not accepted: it has expired.");
        assertThat(said(handshake(new CertificateNotYetValidException("NotBefore: tomorrow"))))
                .contains(ORIGIN + " was not accepted: it is not valid yet.");
        assertThat(said(new SSLHandshakeException("Received fatal alert: handshake_failure")))
                .isEqualTo(
                        "No secure connection to " + ORIGIN + " came about: Received fatal alert: handshake_failure. "
                                + "See to the receiver’s certificate and its TLS versions.");
    }

    @Test
    void tellsNothingOfOurNetworkNorOfTheUrlBehindItsPort() {
        List<Throwable> errors = List.of(
                new UnknownHostException("hooks.example.com at 10.0.0.53"),
                new ConnectTimeoutException("connection timed out: hooks.example.com/10.1.2.3:8443"),
                new ConnectException("Connection refused: hooks.example.com/10.1.2.3:8443"),
                new NoRouteToHostException("hooks.example.com/10.1.2.3:8443"),
                new IOException("Connection reset by 10.1.2.3"));

        assertThat(errors).allSatisfy(error -> assertThat(said(error)).doesNotContain("10.", "secret"));
    }

    private static Throwable handshake(Throwable cause) {
        return new SSLHandshakeException("PKIX path validation failed").initCause(cause);
    }

    private String said(Throwable error) {
        return words.of(CALLBACK, error);
    }
}
