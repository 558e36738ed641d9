package dev.sluice.normalizers.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.api.AccountCheck.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github|{\"id\":7,\"login\":\"ada\"}|7",
                "box|{\"id\":\"226067247\"}|226067247",
                "hootsuite|{\"data\":{\"id\":\"15240789\"},\"errors\":[]}|15240789",
            })
    void keepsTheUser(String element, String body, String userId) {
        assertThat(check(element).outcome(new ProviderResponse(200, body)))
                .isEqualTo(new Outcome.Good(Map.of("oauth.user.id", userId)));
        assertThat(check(element).outcome(new ProviderResponse(401, ""))).isInstanceOf(Outcome.Bad.class);
        assertThat(check(element).outcome(new ProviderResponse(503, ""))).isInstanceOf(Outcome.Doubtful.class);
    }

    @Test
    void keepsMailchimpsDataCentre() {
        AccountCheck check = check("mailchimpv3");

        assertThat(check.outcome(new ProviderResponse(200, "{\"dc\":\"us6\",\"user_id\":42}")))
                .isEqualTo(new Outcome.Good(Map.of("mailchimp.dc", "us6", "oauth.user.id", "42")));
        assertThat(check.request(check.defaultUri(), "t").headers()).containsEntry("Authorization", "OAuth t");
    }

    @Test
    void seesMailchimpsErrorBehindA200() {
        assertThat(check("mailchimpv3").outcome(new ProviderResponse(200, "{\"error\":\"invalid_token\"}")))
                .isEqualTo(new Outcome.Bad("invalid_token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "us6/x", "", "us"})
    void keepsNoDataCentreThatIsNone(String dataCentre) {
        assertThat(check("mailchimpv3").outcome(new ProviderResponse(200, "{\"dc\":\"" + dataCentre + "\"}")))
                .isInstanceOf(Outcome.Doubtful.class);
    }

    @ParameterizedTest
    @CsvSource({"200, Good", "401, Bad", "403, Doubtful", "404, Doubtful", "410, Doubtful", "503, Doubtful"})
    void refusesAGreenhouseKeyOnlyOnAPlainNo(int status, String outcome) {
        assertThat(check("greenhouse")
                        .outcome(new ProviderResponse(status, ""))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void sendsTheGreenhouseKeyWithAnEmptyPassword() {
        AccountCheck check = check("greenhouse");

        assertThat(check.request(check.defaultUri(), "key").headers()).containsEntry("Authorization", "Basic a2V5Og==");
    }

    private static AccountCheck check(String element) {
        return Elements.all().find(element).orElseThrow().api().account().orElseThrow();
    }
}
