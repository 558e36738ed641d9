package dev.sluice.gateway.planted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretSearchTest {
    private static final SecretSearch SEARCH = new SecretSearch(Set.of("an-access-token-of-a-provider=="));
    private static final String SECRET = Planted.secret("a key of a test");

    @Test
    void findsASecretInClear() {
        assertThat(SEARCH.findings("WARN refused: " + SECRET + " is wrong")).hasSize(1);
        assertThat(SEARCH.findings("header " + SECRET.toLowerCase(Locale.ROOT))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u:", "us:", "use:", "user:"})
    void findsASecretInBase64WhateverSurroundsIt(String before) {
        byte[] bytes = (before + SECRET + "?!").getBytes(UTF_8);

        assertThat(SEARCH.findings("Basic " + Base64.getEncoder().encodeToString(bytes)))
                .hasSize(1);
        assertThat(SEARCH.findings(
                        "jwt " + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
                .hasSize(1);
    }

    @Test
    void findsASecretInHexadecimal() {
        String hex = HexFormat.of().formatHex(SECRET.getBytes(UTF_8));

        assertThat(SEARCH.findings("\\x" + hex)).hasSize(1);
        assertThat(SEARCH.findings(hex.toUpperCase(Locale.ROOT))).hasSize(1);
    }

    @Test
    void findsASecretWithoutAMarker() {
        assertThat(SEARCH.findings("GET /me?access_token=an-access-token-of-a-provider&x=1"))
                .hasSize(1);
        assertThat(SEARCH.findings("an-access-token-of-a-provider-that-is-another"))
                .isEmpty();
    }

    @Test
    void findsWhatIsPlantedInAKeyOfStandardWebhooks() {
        assertThat(SEARCH.findings(Planted.standardKey())).hasSize(1);
    }

    @Test
    void tellsOfASecretWithoutShowingIt() {
        String finding =
                SEARCH.findings("WARN refused: " + SECRET + ", or " + SECRET).get(0);

        assertThat(finding).startsWith("WARN refused: a key of a test-<secret>, or");
        assertThat(SEARCH.findings(finding)).isEmpty();
    }

    @Test
    void passesWhatHoldsNone() {
        assertThat(SEARCH.findings("planted secrets 4711 are none, nor is " + "x".repeat(100)))
                .isEmpty();
    }
}
