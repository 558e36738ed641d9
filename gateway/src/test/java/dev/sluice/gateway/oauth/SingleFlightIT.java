package dev.sluice.gateway.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.gateway.provider.ProviderClient;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.gateway.providers.Consent;
import dev.sluice.gateway.providers.FakeProvider;
import dev.sluice.gateway.providers.GatewayRig;
import dev.sluice.gateway.providers.TokenDesk;
import dev.sluice.gateway.providers.Told;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.token.StoredTokens;
import dev.sluice.persistence.token.TokenRepository;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.http.HttpMethod;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Many who need new tokens at once, on two nodes with one database, at a provider whose refresh tokens are single use. */
@TestInstance(Lifecycle.PER_CLASS)
final class SingleFlightIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ASKERS = 40;

    private final FakeProvider box = new FakeProvider("box");
    private GatewayRig gateway;

    @BeforeAll
    void start() {
        gateway = new GatewayRig(box);
    }

    @AfterAll
    void stop() {
        gateway.close();
        box.close();
    }

    @BeforeEach
    void reset() {
        box.reset();
        box.tokens().expiresIn(3_600);
    }

    @Test
    void asksTheProviderOnceHoweverManyNeedNewTokens() {
        long instance = instance();
        StoredTokens rejected = good(node(), instance);
        int before = box.tokens().refreshes();
        int secondUsesBefore = box.tokens().secondUses();
        Tokens one = node();
        Tokens other = node();

        List<StoredTokens> got = Objects.requireNonNull(Flux.range(0, ASKERS)
                .flatMap(i -> (i % 2 == 0 ? one : other).instead(rejected), ASKERS)
                .collectList()
                .block(PATIENCE));

        assertThat(got).hasSize(ASKERS);
        assertThat(got.stream().map(StoredTokens::tokens).distinct()).hasSize(1);
        assertThat(box.tokens().live()).contains(got.get(0).tokens().accessToken());
        assertThat(box.tokens().refreshes() - before).isOne();
        assertThat(box.tokens().secondUses()).isEqualTo(secondUsesBefore);
    }

    @Test
    void refreshesBeforeTheTokenExpiresAlthoughNobodyAsks() {
        box.tokens().expiresIn(5);
        int before = box.tokens().refreshes();

        instance();

        await().atMost(PATIENCE).until(() -> box.tokens().refreshes() > before);
    }

    @Test
    void storesTheAnswerAlthoughAllWhoWaitedHaveGone() {
        long instance = instance();
        Tokens node = node();
        StoredTokens rejected = good(node, instance);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        box.answer(request -> {
            if (request.path().equals("/oauth2/token")) {
                asked.countDown();
                hold(gone);
            }
            return null;
        });

        Disposable waiter = node.instead(rejected).subscribe();
        hold(asked);
        waiter.dispose();
        gone.countDown();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(good(node, instance).generation()).isGreaterThan(rejected.generation()));
    }

    @Test
    void marksTheInstanceWhenTheProviderRefusesAndHealsWithANewConsent() {
        long instance = instance();
        Tokens node = node();
        StoredTokens rejected = good(node, instance);
        box.answer("/oauth2/token", Told.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"expired\"}"));

        assertThatThrownBy(() -> node.instead(rejected).block(PATIENCE))
                .isInstanceOf(NoAccessException.class)
                .hasMessage("invalid_grant: expired");
        assertThat(warnings(instance)).contains("authenticate the instance again");
        int asked = box.asked("/oauth2/token").size();
        assertThatThrownBy(() -> node.instead(rejected).block(PATIENCE)).hasMessage("invalid_grant: expired");
        assertThat(box.asked("/oauth2/token")).hasSize(asked);

        box.reset();
        gateway.call(HttpMethod.PATCH, "/instances/" + instance, "{\"providerData\":{\"code\":\"" + code() + "\"}}")
                .ok();
        assertThat(warnings(instance)).doesNotContain("authenticate the instance again");
        assertThat(good(node, instance).generation()).isGreaterThan(rejected.generation());
    }

    @Test
    void keepsTheTokensOfAnInstanceWhoseProviderIsAway() {
        long instance = instance();
        Tokens node = node();
        StoredTokens rejected = good(node, instance);
        box.answer("/oauth2/token", Told.json(503, "<html>down</html>"));

        assertThatThrownBy(() -> node.instead(rejected).block(PATIENCE))
                .hasMessageContaining("HTTP 503 without access_token");

        box.reset();
        assertThat(warnings(instance)).doesNotContain("authenticate the instance again");
        assertThat(Objects.requireNonNull(node.instead(rejected).block(PATIENCE))
                        .generation())
                .isGreaterThan(rejected.generation());
    }

    private Tokens node() {
        TokenRepository repository = gateway.part(TokenRepository.class);
        return new Tokens(
                repository,
                new Refresh(
                        gateway.part(Providers.class),
                        new TokenEndpoint(gateway.part(ProviderClient.class)),
                        repository,
                        gateway.part(InstanceRepository.class)));
    }

    private static StoredTokens good(Tokens node, long instance) {
        return Objects.requireNonNull(node.good(instance).block(PATIENCE));
    }

    private String code() {
        return Consent.given(gateway.get("/elements/box/oauth/url?apiKey=" + TokenDesk.CLIENT_ID
                                + "&callbackUrl=https%3A%2F%2Fapp.example")
                        .path("oauthUrl")
                        .asString())
                .code();
    }

    private long instance() {
        return gateway.post("/instances", """
                        {"element":{"key":"box"},"name":"x","providerData":{"code":"%s"},"configuration":{
                         "oauth.api.key":"%s","oauth.api.secret":"%s","oauth.callback.url":"https://app.example"}}""".formatted(code(), TokenDesk.CLIENT_ID, TokenDesk.CLIENT_SECRET))
                .path("id")
                .asLong();
    }

    private String warnings(long instance) {
        return gateway.get("/instances/" + instance).path("warnings").toString();
    }

    private static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
