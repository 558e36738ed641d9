package dev.sluice.gateway.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.tcp.TcpServer;
import reactor.test.StepVerifier;

/** Where a call arrives: at the address that was looked at, and nowhere else. */
class ReachedAddressesIT extends CallbackRig {
    private static final String REBOUND = "rebound.example";

    @Test
    void failsWhenNobodyListens() {
        serveTcp(request -> Flux.never());
        server().disposeNow();

        expectFailure(FailureCause.UNREACHABLE, "connection refused. Start the receiver there");
    }

    @Test
    void followsNoRedirect() {
        serveHttp(server -> server.route(routes -> routes.post("/", (in, out) -> out.sendRedirect("/elsewhere"))
                .get("/elsewhere", (in, out) -> out.status(200).send())
                .post("/elsewhere", (in, out) -> out.status(200).send())));

        expectStatus(302);
    }

    @Test
    void refusesAnAddressThatIsNotAllowed() {
        serveHttp(server -> server.handle((request, response) -> response.send()));

        CallbackClient strict = client(List.of());
        try {
            StepVerifier.create(strict.post(uri("127.0.0.1"), () -> request("{}")))
                    .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.FORBIDDEN)
                    .verify(GUARD);
            StepVerifier.create(strict.post(uri("localhost"), () -> request("{}")))
                    .expectErrorSatisfies(error -> expect(
                            FailureCause.FORBIDDEN,
                            "leads to an address in a private or special network",
                            uri("localhost"),
                            error))
                    .verify(GUARD);
        } finally {
            strict.close();
        }
        assertThat(opened).hasValue(0);
    }

    @Test
    void connectsToTheVeryAddressThatItChecked() {
        Set<String> reached = serveEverywhere();
        RebindingResolver names = new RebindingResolver("127.0.0.1", "127.0.0.2");
        CallbackClient resolving = patient(List.of("127.0.0.1"), http -> http.resolver(names));
        try {
            StepVerifier.create(
                            resolving.post(uri(REBOUND), () -> request("{}")).map(Answer::status))
                    .expectNext(200)
                    .expectComplete()
                    .verify(GUARD);
            assertThat(names.asked())
                    .as("one look-up, for the check and the connection")
                    .isEqualTo(1);

            StepVerifier.create(resolving.post(uri(REBOUND), () -> request("{}")))
                    .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.FORBIDDEN)
                    .verify(GUARD);
        } finally {
            resolving.close();
        }
        assertThat(reached).containsExactly("127.0.0.1");
    }

    @Test
    void connectsToNoneOfSeveralAddressesThatIsForbidden() {
        Set<String> reached = serveEverywhere();
        RebindingResolver names = new RebindingResolver(List.of("127.0.0.2", "127.0.0.3"));
        CallbackClient resolving = patient(List.of("127.0.0.1"), http -> http.resolver(names));
        try {
            StepVerifier.create(resolving.post(uri(REBOUND), () -> request("{}")))
                    .expectErrorMatches(error -> FailureCause.of(error) == FailureCause.FORBIDDEN)
                    .verify(GUARD);
        } finally {
            resolving.close();
        }
        assertThat(reached).isEmpty();
    }

    @Test
    void refusesALoopbackAddressInDisguise() {
        serveEverywhere();
        CallbackClient strict = client(List.of());
        try {
            for (String host :
                    List.of("[::ffff:127.0.0.1]", "[::1]", "127.1", "2130706433", "0x7f.0.0.1", "localhost.")) {
                StepVerifier.create(strict.post(uri(host), () -> request("{}")))
                        .expectErrorSatisfies(error -> assertThat(FailureCause.of(error))
                                .as(host)
                                .isIn(FailureCause.FORBIDDEN, FailureCause.UNREACHABLE, FailureCause.BROKEN))
                        .verify(GUARD);
            }
        } finally {
            strict.close();
        }
        assertThat(opened).hasValue(0);
    }

    @Test
    void goesPastAnyProxyThatTheEnvironmentNames() {
        serveTcp(request -> Flux.just(OK));
        String nobody = "127.0.0.9";
        Map<String, String> proxies = Map.of(
                "http.proxyHost",
                nobody,
                "http.proxyPort",
                "1",
                "https.proxyHost",
                nobody,
                "https.proxyPort",
                "1",
                "http.nonProxyHosts",
                "",
                "java.net.useSystemProxies",
                "true");
        proxies.forEach(System::setProperty);
        CallbackClient fresh = patient(List.of("127.0.0.1"), http -> http);
        try {
            StepVerifier.create(
                            fresh.post(uri("127.0.0.1"), () -> request("{}")).map(Answer::status))
                    .expectNext(200)
                    .expectComplete()
                    .verify(GUARD);
        } finally {
            fresh.close();
            proxies.keySet().forEach(System::clearProperty);
        }
    }

    /** On all addresses of this machine; which of them were reached. */
    private Set<String> serveEverywhere() {
        Set<String> reached = ConcurrentHashMap.newKeySet();
        server = TcpServer.create()
                .host("0.0.0.0")
                .port(0)
                .doOnConnection(connection -> {
                    opened.incrementAndGet();
                    InetSocketAddress local =
                            (InetSocketAddress) connection.channel().localAddress();
                    reached.add(local.getAddress().getHostAddress());
                })
                .handle((in, out) -> in.receive()
                        .take(1)
                        .concatMap(request -> out.sendString(
                                Mono.just(OK.replace("Content-Length", "Connection: close\r\nContent-Length")))))
                .bindNow();
        return reached;
    }
}
