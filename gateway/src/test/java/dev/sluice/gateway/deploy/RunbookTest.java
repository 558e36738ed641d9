package dev.sluice.gateway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.documentation.Page;
import dev.sluice.persistence.instance.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alert finds what to do. */
final class RunbookTest {
    private static final String RUNBOOKS = "https://docs.example.com/operations.md";
    private static final Pattern METER = Pattern.compile("\\bsluice_[a-z_]+[a-z]\\b");

    @Test
    void everyAlertLeadsToAChapterThatSaysWhatToDo() {
        Page page = Page.read("docs/operations.md");
        Set<String> anchors = page.anchors();
        List<JsonNode> alerts = alerts();

        assertThat(alerts).hasSizeGreaterThan(4).allSatisfy(alert -> {
            String anchor = alert.path("alert").asText().toLowerCase(Locale.ROOT);
            assertThat(alert.at("/annotations/runbook_url").asText()).isEqualTo("%s#%s", RUNBOOKS, anchor);
            assertThat(anchors).contains(anchor);
            assertThat(page.chapter(alert.path("alert").asText())).contains("**Look**", "**Do**", "**Do not**");
        });
    }

    @Test
    void everyStateOfAnEndpointHasARow() {
        Stream<String> states =
                Stream.of(Endpoint.State.DEACTIVATED, Endpoint.State.LOOPED).map(Endpoint.State::name);
        Stream<String> breakers = Stream.of(Endpoint.Breaker.values()).map(breaker -> "active, " + breaker.name());

        assertThat(Page.read("docs/operations.md").table("An endpoint in trouble").stream()
                        .map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(breakers, states)
                        .map(state -> state.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(Endpoint.State.values()).as("deleted ones are not listed").hasSize(4);
    }

    @Test
    void everyMeterThatAnAlertOrItsChapterNamesHasAPanel() {
        Page page = Page.read("docs/operations.md");
        String dashboard = Chart.render("ha").stream()
                .map(object -> object.at("/data/sluice.json").asText())
                .collect(Collectors.joining());

        List<String> named = alerts().stream()
                .flatMap(alert -> Stream.of(
                        alert.toString(), page.chapter(alert.path("alert").asText())))
                .flatMap(text -> METER.matcher(text).results().map(MatchResult::group))
                .toList();

        assertThat(named).hasSizeGreaterThan(10);
        assertThat(dashboard).contains(named);
    }

    private static List<JsonNode> alerts() {
        List<JsonNode> alerts = new ArrayList<>();
        Chart.render("ha", "prometheusRule.runbooks=" + RUNBOOKS)
                .forEach(object -> object.at("/spec/groups")
                        .forEach(group -> group.path("rules").forEach(alerts::add)));
        return alerts;
    }
}
