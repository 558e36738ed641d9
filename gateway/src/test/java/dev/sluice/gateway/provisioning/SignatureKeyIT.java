package dev.sluice.gateway.provisioning;

import static dev.sluice.gateway.provisioning.ApiClient.GITHUB;
import static dev.sluice.gateway.provisioning.ApiClient.PLANTED;
import static dev.sluice.gateway.provisioning.ApiClient.json;
import static dev.sluice.gateway.provisioning.ApiClient.message;
import static dev.sluice.gateway.provisioning.ApiClient.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.persistence.connection.ServerTime;
import dev.sluice.persistence.instance.InstanceRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedApiServer.class)
final class SignatureKeyIT {
    private static final String KEY = "event.notification.signature.key";
    private static final String PREVIOUS = KEY + ".previous";
    private static final String UNTIL = PREVIOUS + ".until";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiServer server;
    private final ApiClient api;
    private JsonNode instance;

    SignatureKeyIT(ApiServer server) {
        this.server = server;
        this.api = server.caller();
    }

    @BeforeEach
    void create() {
        server.clear();
        instance = api.create(GITHUB);
    }

    @Test
    void makesARandomKeyAndKeepsTheFormerForADay() {
        JsonNode answer = json(api.send(HttpMethod.POST, path(instance) + "/signature-key"));

        String key = answer.get("signatureKey").asString();
        assertThat(key).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(stored())
                .containsEntry(KEY, key)
                .containsEntry(PREVIOUS, PLANTED)
                .containsEntry(UNTIL, answer.get("previousKeyValidUntil").asString());
        assertThat(until(answer)).isCloseTo(databaseNow().plus(1, ChronoUnit.DAYS), within(1, ChronoUnit.MINUTES));
        JsonNode shown = api.read(path(instance)).get("configuration");
        assertThat(shown.get(KEY).asString()).isEqualTo("********");
        assertThat(shown.get(PREVIOUS).asString()).isEqualTo("********");
        assertThat(Instant.parse(shown.get(UNTIL).asString())).isEqualTo(until(answer));
    }

    @Test
    void takesAGivenKeyAndDoesNotRepeatIt() {
        ApiClient byToken = server.caller(instance.get("token").asString());

        JsonNode answer = json(byToken.post(
                "/instances/signature-key",
                "{\"signatureKey\": \"another-planted-secret-4711\", \"overlap\": \"90s\"}"));

        assertThat(answer.get("signatureKey").asString()).isEqualTo("********");
        assertThat(stored()).containsEntry(KEY, "another-planted-secret-4711").containsEntry(PREVIOUS, PLANTED);
        assertThat(until(answer)).isCloseTo(databaseNow().plusSeconds(90), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void endsTheKeyBeforeTheFormerOneWhenItIsReplacedTwice() {
        rotate("{\"signatureKey\": \"second-planted-secret-4711\"}");
        rotate("{\"signatureKey\": \"third-planted-secret-4711\"}");

        assertThat(stored())
                .containsEntry(KEY, "third-planted-secret-4711")
                .containsEntry(PREVIOUS, "second-planted-secret-4711");
    }

    @Test
    void endsTheFormerKeyAtOnceWithoutAnOverlap() {
        rotate("{\"signatureKey\": \"second-planted-secret-4711\"}");
        JsonNode answer = rotate("{\"signatureKey\": \"third-planted-secret-4711\", \"overlap\": \"0s\"}");

        assertThat(answer.get("previousKeyValidUntil").isNull()).isTrue();
        assertThat(stored()).containsEntry(KEY, "third-planted-secret-4711").doesNotContainKeys(PREVIOUS, UNTIL);
    }

    @Test
    void keepsNothingOfAnInstanceThatHadNoKey() {
        set("{\"event.notification.signature.key\": null}");

        assertThat(rotate("{}").get("previousKeyValidUntil").isNull()).isTrue();
        assertThat(stored()).containsKey(KEY).doesNotContainKeys(PREVIOUS, UNTIL);
    }

    @Test
    void replacesAtOnceByAPlainSetOfTheKey() {
        rotate("{\"signatureKey\": \"second-planted-secret-4711\"}");

        set("{\"event.notification.signature.key\": \"third-planted-secret-4711\"}");

        assertThat(stored()).containsEntry(KEY, "third-planted-secret-4711").doesNotContainKeys(PREVIOUS, UNTIL);
    }

    @Test
    void leavesTheOverlapAloneWhenOtherSettingsChange() {
        rotate("{\"signatureKey\": \"second-planted-secret-4711\"}");
        Map<String, String> before = stored();

        set("{\"event.notification.concurrency\": 3, \"event.notification.signature.key\": \"********\"}");

        assertThat(stored()).containsAllEntriesOf(before);
    }

    @Test
    void endsAPreviousKeyThatWasSetWithoutAnEndOnlyWhenItIsRemoved() {
        set(
                "{\"event.notification.signature.key\": \"second-planted-secret-4711\", \"event.notification.signature.key.previous\": \"first-planted-secret-4711\"}");

        set("{\"event.notification.signature.key\": \"third-planted-secret-4711\"}");

        assertThat(stored())
                .containsEntry(PREVIOUS, "first-planted-secret-4711")
                .doesNotContainKey(UNTIL);
    }

    @Test
    void doesNotEndAKeyAtTheEndOfAnother() {
        rotate("{\"signatureKey\": \"second-planted-secret-4711\"}");

        set(
                "{\"event.notification.signature.key\": \"third-planted-secret-4711\", \"event.notification.signature.key.previous\": \"second-planted-secret-4711\"}");

        assertThat(stored())
                .containsEntry(PREVIOUS, "second-planted-secret-4711")
                .doesNotContainKey(UNTIL);
    }

    @Test
    void saysWhatItDoesNotTake() {
        assertThat(message(api.post(rotation(), "{\"signatureKey\": \"********\"}"), 400))
                .startsWith("signatureKey: none");
        assertThat(message(api.post(rotation(), "{\"signatureKey\": \"" + "x".repeat(129) + "\"}"), 400))
                .startsWith(KEY + ": 129 characters");
        assertThat(message(api.post(rotation(), "{\"overlap\": \"31d\"}"), 400)).startsWith("overlap: 31d");
        assertThat(message(
                        api.send(
                                HttpMethod.PATCH,
                                path(instance),
                                "{\"configuration\": {\"" + UNTIL + "\": \"tomorrow\"}}"),
                        400))
                .startsWith(UNTIL + ": tomorrow (expected: a moment");
        server.stranger().post(rotation(), "{}").expectStatus().isNotFound();
    }

    private String rotation() {
        return path(instance) + "/signature-key";
    }

    private JsonNode rotate(String body) {
        return json(api.post(rotation(), body));
    }

    private void set(String configuration) {
        json(api.send(HttpMethod.PATCH, path(instance), "{\"configuration\": " + configuration + "}"));
    }

    private static Instant until(JsonNode answer) {
        return Instant.parse(answer.get("previousKeyValidUntil").asString());
    }

    private Instant databaseNow() {
        return Objects.requireNonNull(
                new ServerTime(server.database()).after(Duration.ZERO).block(PATIENCE));
    }

    private Map<String, String> stored() {
        return Objects.requireNonNull(server.part(InstanceRepository.class)
                        .find(instance.get("id").asLong())
                        .block(PATIENCE))
                .configuration();
    }
}
