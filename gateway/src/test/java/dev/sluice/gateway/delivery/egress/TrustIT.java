package dev.sluice.gateway.delivery.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

/** Receivers that prove who they are, or do not. */
class TrustIT extends CallbackRig {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private final AtomicInteger asked = new AtomicInteger();

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        makeKey("right", "dns:localhost,ip:127.0.0.1");
        makeKey("wrong", "dns:other.example");
    }

    private static void makeKey(String name, String subjects) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-keyalg",
                        "EC",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=" + subjects,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file(name).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static Path file(String name) {
        return directory.resolve(name + ".p12");
    }

    @Test
    void sendsNothingToACertificateThatNobodyVouchesFor() {
        serveTls("right");

        expectUntrusted("localhost", http -> http, "no known authority vouches for it");
    }

    @Test
    void sendsNothingToACertificateOfAnotherHost() {
        serveTls("wrong");

        expectUntrusted("localhost", http -> trusting(http, "wrong"), "it is not for localhost");
        expectUntrusted("127.0.0.1", http -> trusting(http, "wrong"), "it is not for 127.0.0.1");
    }

    @Test
    void sendsNothingToWhoSpeaksNoTls() {
        serveHttp(server -> server.handle((request, response) -> response.send()));

        expectUntrusted("127.0.0.1", http -> http, "does not speak TLS");
    }

    @Test
    void sendsToACertificateThatIsVouchedForAndHasTheHost() {
        serveTls("right");

        CallbackClient client = patient(List.of("127.0.0.0/8", "::1"), http -> trusting(http, "right"));
        try {
            StepVerifier.create(
                            client.post(https("localhost"), () -> request("{}")).map(Answer::status))
                    .expectNext(200)
                    .expectComplete()
                    .verify(GUARD);
        } finally {
            client.close();
        }
        assertThat(asked).hasValue(1);
    }

    private void expectUntrusted(String host, UnaryOperator<HttpClient> observed, String words) {
        CallbackClient client = patient(List.of("127.0.0.0/8", "::1"), observed);
        try {
            StepVerifier.create(client.post(https(host), () -> request("{}")))
                    .expectErrorSatisfies(error -> expect(FailureCause.UNTRUSTED, words, https(host), error))
                    .verify(GUARD);
        } finally {
            client.close();
        }
        assertThat(asked).hasValue(0);
    }

    private URI https(String host) {
        return URI.create("https://" + host + ":" + server().port() + "/");
    }

    private void serveTls(String key) {
        SslContext context = serving(key);
        serveHttp(server -> server.secure(tls -> tls.sslContext(context)).handle((request, response) -> {
            asked.incrementAndGet();
            return response.send();
        }));
    }

    private static SslContext serving(String name) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(name), PASSWORD);
            return SslContextBuilder.forServer(keys).build();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpClient trusting(HttpClient http, String name) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, PASSWORD);
            trusted.setCertificateEntry("trusted", store(name).getCertificate("key"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SslContext context =
                    SslContextBuilder.forClient().trustManager(trust).build();
            return http.secure(tls -> tls.sslContext(context));
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(file(name))) {
            store.load(file, PASSWORD);
        }
        return store;
    }
}
