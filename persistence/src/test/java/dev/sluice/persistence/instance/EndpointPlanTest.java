package dev.sluice.persistence.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.persistence.instance.Endpoint.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EndpointPlanTest {
    private static final String A = "https://a.example/hook";
    private static final String B = "https://b.example/hook";
    private static final String C = "https://c.example/hook";
    private static final String LOOP = "it is our own ingest URL";

    @Test
    void changesNothingWhenTheUrlsStay() {
        assertThat(EndpointPlan.of(List.of(active(1, A, 0), active(2, B, 1)), callbacks(A, B)))
                .isEqualTo(new EndpointPlan(List.of(), List.of(), Map.of()));
    }

    @Test
    void addsAnEndpointForEachNewUrl() {
        assertThat(EndpointPlan.of(List.of(), callbacks(A, B)))
                .isEqualTo(new EndpointPlan(List.of(), List.of(), Map.of(0, Callback.to(A), 1, Callback.to(B))));
    }

    @Test
    void letsWhatIsOwedFollowToTheNewAddress() {
        assertThat(EndpointPlan.of(List.of(active(1, A, 0)), callbacks(B)))
                .isEqualTo(new EndpointPlan(List.of(active(1, B, 0)), List.of(), Map.of()));
    }

    @Test
    void keepsEachUrlsEndpointWhenTheirOrderChanges() {
        assertThat(EndpointPlan.of(List.of(active(1, A, 0), active(2, B, 1)), callbacks(B, A)))
                .isEqualTo(new EndpointPlan(List.of(active(2, B, 0), active(1, A, 1)), List.of(), Map.of()));
    }

    @Test
    void pairsOnlyThoseUrlsThatDidNotStay() {
        assertThat(EndpointPlan.of(List.of(active(1, A, 0), active(2, B, 1)), callbacks(C, B, "https://d.example")))
                .isEqualTo(new EndpointPlan(
                        List.of(active(1, C, 0)), List.of(), Map.of(2, Callback.to("https://d.example"))));
    }

    @Test
    void removesEndpointsWithoutASuccessor() {
        assertThat(EndpointPlan.of(List.of(active(1, A, 0), active(2, B, 1), active(3, C, 2)), callbacks(B)))
                .isEqualTo(new EndpointPlan(List.of(active(2, B, 0)), List.of(1L, 3L), Map.of()));
    }

    @Test
    void leavesAnEndpointDeactivatedUntilItsUrlChanges() {
        Endpoint deactivated = new Endpoint(1, A, 0, State.DEACTIVATED, "410");

        assertThat(EndpointPlan.of(List.of(deactivated), callbacks(A)).changed())
                .isEmpty();
        assertThat(EndpointPlan.of(List.of(deactivated), callbacks(B)).changed())
                .containsExactly(active(1, B, 0));
    }

    @Test
    void loopsAnEndpointWhoseUrlBecomesOurs() {
        assertThat(EndpointPlan.of(List.of(active(1, A, 0)), List.of(new Callback(B, LOOP)))
                        .changed())
                .containsExactly(new Endpoint(1, B, 0, State.LOOPED, LOOP));
    }

    @Test
    void activatesALoopedEndpointWhoseUrlIsCorrected() {
        assertThat(EndpointPlan.of(List.of(new Endpoint(1, A, 0, State.LOOPED, LOOP)), callbacks(B))
                        .changed())
                .containsExactly(active(1, B, 0));
    }

    private static Endpoint active(long id, String url, int position) {
        return new Endpoint(id, url, position, State.ACTIVE, null);
    }

    private static List<Callback> callbacks(String... urls) {
        return List.of(urls).stream().map(Callback::to).toList();
    }
}
