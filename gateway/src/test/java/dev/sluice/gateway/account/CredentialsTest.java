package dev.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
    private static final Credentials BOTH = new Credentials("us+er/==", "0123abcd", null);
    private static final Credentials ALL = new Credentials("us+er/==", "0123abcd", "to/ken+=");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User us+er/==, Organization 0123abcd",
                "Organization 0123abcd, User us+er/==",
                "user us+er/==,organization 0123abcd",
                "  USER   us+er/==  ,  ORGANIZATION\t0123abcd "
            })
    void readsBothSecretsInAnyOrderAndCase(String header) {
        assertThat(Credentials.parse(List.of(header))).contains(BOTH);
    }

    @Test
    void readsAnElementTokenToo() {
        assertThat(Credentials.parse(List.of("Element to/ken+=, User us+er/==, Organization 0123abcd")))
                .contains(ALL);
    }

    @Test
    void takesAnElementTokenForTheOrganization() {
        assertThat(Credentials.parse(List.of("Element to/ken+=, User us+er/==")))
                .contains(new Credentials("us+er/==", null, "to/ken+="));
    }

    @Test
    void readsSecretsFromSeveralHeaders() {
        assertThat(Credentials.parse(List.of("User us+er/==", "Organization 0123abcd")))
                .contains(BOTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "User us+er/==",
                "Organization 0123abcd",
                "User, Organization 0123abcd",
                "Organization 0123abcd, Element to/ken+=",
                "User us+er/==, Organization 0123abcd,",
                "User us+er/==, User other, Organization 0123abcd",
                "User us+er/==, Organization 0123abcd, Basic abc",
                "User us er, Organization 0123abcd",
                "Bearer abc"
            })
    void readsNothingFromAnythingElse(String header) {
        assertThat(Credentials.parse(List.of(header))).isEmpty();
    }

    @Test
    void neverPrintsASecret() {
        assertThat(ALL.toString()).doesNotContain("us+er", "0123abcd", "to/ken");
    }
}
