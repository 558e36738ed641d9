package dev.sluice.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.provider.ProviderSettings.Addresses;
import dev.sluice.gateway.provider.ProviderSettings.OAuth;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.api.Endpoints;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlacesTest {

    @Test
    void staysWithTheProviderWhenNothingIsGiven() {
        Provider box = provider("box", null, null);

        assertThat(endpoints(box).revokeUri()).isEqualTo("https://api.box.com/oauth2/revoke");
        assertThat(box.account().orElseThrow().uri()).isEqualTo("https://api.box.com/2.0/users/me");
    }

    @Test
    void movesSiblingsOfTheTokensAddressWithIt() {
        assertThat(endpoints(provider("box", "http://here/o/token", null)).revokeUri())
                .isEqualTo("http://here/o/revoke");
        assertThat(provider("mailchimpv3", "http://here/o/token", null)
                        .account()
                        .orElseThrow()
                        .uri())
                .isEqualTo("http://here/o/metadata");
    }

    @Test
    void movesWhatIsBelowTheApiWithTheApi() {
        Provider github = provider("github", "http://here/token", "http://api/v3");

        assertThat(endpoints(github).revokeUri()).isEqualTo("http://api/v3/applications/{client_id}/token");
        assertThat(github.account().orElseThrow().uri()).isEqualTo("http://api/v3/user");
        assertThat(provider("greenhouse", null, "http://api")
                        .account()
                        .orElseThrow()
                        .uri())
                .isEqualTo("http://api/v1/users?per_page=1");
    }

    @Test
    void showsNoTokenOfAnotherPlaceToTheProvidersOwnApi() {
        Provider github = provider("github", "http://here/token", null);

        assertThat(github.account()).isEmpty();
        assertThat(github.hooks()).isEmpty();
        assertThat(endpoints(github).revokeUri()).isNull();
        assertThat(github.unreachableAccount()).contains("sluice.elements.github.oauth.token-uri is set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/relative", "ftp://a/b", "http:///nothing", "https://a b"})
    void refusesAddressesThatAreNone(String uri) {
        assertThatThrownBy(() -> provider("github", uri, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("sluice.elements.github: %s", uri);
    }

    @Test
    void refusesElementsThatAreNot() {
        assertThatThrownBy(() -> providers("gitbub", null, null))
                .hasMessageStartingWith("sluice.elements.gitbub: unknown (expected: one of");
    }

    private static Endpoints endpoints(Provider provider) {
        return provider.oauth().orElseThrow().endpoints();
    }

    private static Provider provider(String key, @Nullable String tokenUri, @Nullable String apiUri) {
        return providers(key, tokenUri, apiUri).find(key).orElseThrow();
    }

    private static Providers providers(String key, @Nullable String tokenUri, @Nullable String apiUri) {
        Addresses given = new Addresses(new OAuth(null, tokenUri, null, null), apiUri);
        return new Providers(Elements.all(), new ProviderSettings(Map.of(key, given)));
    }
}
