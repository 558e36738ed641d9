package dev.sluice.normalizers.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.InstanceFinder;
import dev.sluice.normalizers.Owner;
import dev.sluice.normalizers.OwnerKey;
import dev.sluice.normalizers.Settings;
import dev.sluice.normalizers.WebhookFixture;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddresseeTest {
    private static final String FINDER = "event.notification.instance.finder";
    private static final String PUSH =
            "{\"repository\":{\"full_name\":\"Acme/Shop\"},\"sender\":{\"login\":\"ada\"},\"pages\":[{\"name\":\"a\"},{\"name\":\"b\"}]}";
    private final Element github = element("github");

    @Test
    void findsAnInstanceByTheTermsItWasStoredUnder() {
        for (String repository : List.of("shop", " SHOP ", "acme/shop", "tools, Shop")) {
            Settings settings = settings("github.organization", "ACME", "github.repository", repository);

            assertThat(meets(github, PUSH, settings)).as(repository).isTrue();
        }
        assertThat(meets(github, PUSH, settings("github.organization", "acme", "github.repository", "tools")))
                .isFalse();
    }

    @Test
    void findsByAnInstancesOwnFinder() {
        Settings settings = settings("team", "b,ADA", FINDER, "team|sender.login");

        assertThat(meets(github, PUSH, settings)).isTrue();
        assertThat(meets(github, PUSH, settings("team", "b, ada", FINDER, "team|$.pages[*].name")))
                .isTrue();
        assertThat(meets(github, PUSH, settings("team", "c", FINDER, "team|pages.name")))
                .isFalse();
        assertThat(meets(github, PUSH, settings("other", "ada", FINDER, "team|sender.login")))
                .isFalse();
    }

    @Test
    void takesAnElementsOwnFinderForItsRules() {
        Settings settings = settings(
                "github.organization",
                "acme",
                "github.repository",
                "other",
                FINDER,
                "github.organization|organization.login");

        assertThat(OwnerTerms.of(github, settings))
                .containsExactlyInAnyOrder(
                        new OwnerTerm("github.repository,github.organization", "other\u001facme"),
                        new OwnerTerm("github.organization", "acme"));
    }

    @Test
    void findsByAFieldOfAFormAndOfAQuery() {
        Element box = element("box");
        Settings settings = settings("folder", "7", FINDER, "folder|itemId");
        List<InstanceFinder> finders =
                List.of(InstanceFinder.parse("folder|itemId").orElseThrow());

        assertThat(Addressee.of(
                                box,
                                WebhookFixture.form("event=uploaded&itemId=7").build(),
                                finders)
                        .includes(box, settings))
                .isTrue();
        assertThat(Addressee.of(box, WebhookFixture.get().query("itemId", "7").build(), finders)
                        .includes(box, settings))
                .isTrue();
    }

    @Test
    void boundsWhatAHostileListIsStoredUnder() {
        String many = "x,".repeat(5_000) + "a".repeat(10_000);
        Settings settings = settings("github.organization", many.replace("x", "y"), "github.repository", many);

        Set<OwnerTerm> terms = OwnerTerms.of(github, settings);

        assertThat(terms).hasSizeLessThanOrEqualTo(2_000);
        assertThat(terms)
                .allMatch(term -> term.value().length() <= 200 && term.rule().length() <= 250);
    }

    @Test
    void holdsNothingThatADatabaseTextCannot() {
        assertThat(OwnerTerm.of(Owner.of("team", "a\0b")).value()).isEqualTo("a b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "team", "team|", "|a", "a|b|c", "a|b..c", "a|$."})
    void saysWhatIsNoFinder(String written) {
        assertThat(InstanceFinder.problemWith(written)).contains("expected: configuration key|json.path");
        assertThat(InstanceFinder.parse(written)).isEmpty();
        assertThat(InstanceFinder.problemWith("a|" + "b".repeat(300))).contains("302 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "box", "hootsuite", "mailchimpv3", "greenhouse"})
    void knowsTheSettingsOfAllOwnersThatAnElementNames(String key) {
        Element element = element(key);
        for (String file : WebhookFixture.goldenFiles(key)) {
            byte[] body = WebhookFixture.golden(key, file);
            WebhookFixture webhook = file.endsWith("json") ? WebhookFixture.json(body) : WebhookFixture.form(body);

            assertThat(element.owners(webhook.build()))
                    .as(file)
                    .allSatisfy(owner -> assertThat(element.ownerSettings())
                            .contains(owner.keys().stream()
                                    .map(OwnerKey::configurationKey)
                                    .toList()));
        }
    }

    /** Looks an instance up as it is done: a term in common first, then the exact comparison. */
    private static boolean meets(Element element, String body, Settings settings) {
        List<InstanceFinder> finders = InstanceFinder.of(settings).stream().toList();
        Addressee addressee = Addressee.of(element, WebhookFixture.json(body).build(), finders);
        Set<OwnerTerm> common = OwnerTerms.of(element, settings).stream()
                .filter(addressee.terms()::contains)
                .collect(Collectors.toSet());
        boolean meant = addressee.includes(element, settings);
        assertThat(!common.isEmpty()).isEqualTo(meant);
        return meant;
    }

    private static Settings settings(String... keysAndValues) {
        return new Settings(IntStream.range(0, keysAndValues.length / 2)
                .boxed()
                .collect(Collectors.toMap(i -> keysAndValues[2 * i], i -> keysAndValues[2 * i + 1])));
    }

    private static Element element(String key) {
        return Elements.all().find(key).orElseThrow();
    }
}
