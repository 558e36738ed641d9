package dev.sluice.normalizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OwnersTest {

    @Test
    void findsGitHubInstancesByOrganizationAndRepository() {
        List<Owner> owners = owners("github", golden("github", "issues.opened.json"));

        assertThat(anyMeans(owners, Map.of("github.organization", "ACME", "github.repository", " Shop ")))
                .isTrue();
        assertThat(anyMeans(owners, Map.of("github.organization", "acme", "github.repository", "acme/shop")))
                .isTrue();
        assertThat(anyMeans(owners, Map.of("github.organization", "other", "github.repository", "shop")))
                .isFalse();
        assertThat(anyMeans(owners, Map.of("github.organization", "acme"))).isFalse();
    }

    @Test
    void findsGitHubInstancesByOrganizationWhereAnEventHasNoRepository() {
        List<Owner> owners = owners("github", golden("github", "membership.removed.json"));

        assertThat(owners).containsExactly(Owner.of("github.organization", "acme"));
    }

    @Test
    void findsBoxInstancesByWebhookOrUser() {
        assertThat(owners("box", golden("box", "file.uploaded.json")))
                .containsExactly(
                        Owner.of("event.notification.subscription.id", "53"), Owner.of("oauth.user.id", "226067247"));
        assertThat(owners("box", WebhookFixture.form("userId=%5B%2242%22%5D&event=uploaded")))
                .containsExactly(Owner.of("oauth.user.id", "42"));
    }

    @Test
    void findsHootsuiteInstancesByEachOrganizationOfABatch() {
        WebhookFixture batch = WebhookFixture.json(
                "[{\"data\":{\"organization\":{\"id\":\"1\"}}},{\"data\":{\"organization\":null}},{\"data\":7},"
                        + "{\"data\":{\"organization\":{\"id\":\"2\"}}},{\"data\":{\"organization\":{\"id\":\"1\"}}}]");

        assertThat(owners("hootsuite", batch))
                .containsExactly(
                        Owner.of("hootsuite.organization.id", "1"), Owner.of("hootsuite.organization.id", "2"));
    }

    @Test
    void findsMailchimpInstancesByOneOfTheirLists() {
        List<Owner> owners =
                owners("mailchimpv3", WebhookFixture.form(WebhookFixture.golden("mailchimpv3", "subscribe.form")));

        assertThat(anyMeans(owners, Map.of("events.list.ids", "zzz, A6B5DA1054")))
                .isTrue();
        assertThat(anyMeans(owners, Map.of("events.list.ids", "a6b5da10"))).isFalse();
        assertThat(owners("mailchimpv3", WebhookFixture.get())).isEmpty();
    }

    @Test
    void findsNoGreenhouseInstance() {
        assertThat(owners("greenhouse", golden("greenhouse", "job_deleted.json")))
                .isEmpty();
    }

    private static boolean anyMeans(List<Owner> owners, Map<String, String> settings) {
        return owners.stream().anyMatch(owner -> owner.isMeant(new Settings(settings)));
    }

    private static WebhookFixture golden(String element, String file) {
        return WebhookFixture.json(WebhookFixture.golden(element, file));
    }

    private static List<Owner> owners(String element, WebhookFixture webhook) {
        return Elements.all().find(element).orElseThrow().owners(webhook.build());
    }
}
