package dev.sluice.gateway.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.rig.gateway.Gateway;
import dev.sluice.gateway.rig.gateway.GatewaySetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mvn -q -Pscale verify}. Fails when a list is not answered; a slow machine only gets its numbers. */
@Tag("scale")
final class ScaleIT {
    private static final Path DIRECTORY = Path.of("target", "scale").toAbsolutePath();
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(5);
    private static final int WARM_UPS = 12;
    private static final int TURNS = 4;

    private final ScaleReport report = new ScaleReport();

    @Test
    void answersEveryFormOfList() {
        Size size = Size.given();
        try (ScaleDatabase database = ScaleDatabase.open(DIRECTORY, size)) {
            if (!Boolean.parseBoolean(System.getProperty("sluice.scale.measure", "true"))) {
                return;
            }
            List<ListForm> forms = measure(database, size);
            explain(database, forms);
        }
        System.out.println(report.write(Path.of("target")));
        assertThat(report.rows().stream()
                        .filter(row -> !row.isAnswered())
                        .map(row -> row.form().name()))
                .isEmpty();
    }

    private List<ListForm> measure(ScaleDatabase database, Size size) {
        database.readOnce();
        GatewaySetup setup = database.setup();
        try (Gateway gateway = Gateway.start(setup)) {
            gateway.awaitReady(START_LIMIT);
            List<ListForm> forms = forms(database, size);
            Caller caller = new Caller(setup);
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                forms.forEach(form -> Measured.warmUp(form, caller));
            }
            inTurns(forms, caller).forEach(report::add);
            try (Session session = Session.open(database.address())) {
                Plans.on(session);
            }
            return forms;
        }
    }

    /** So that what else the machine does, and what the gateway has not compiled yet, meets all of them. */
    private static List<Measured> inTurns(List<ListForm> forms, Caller caller) {
        List<Measured> measured = forms.stream().map(Measured::nothing).toList();
        for (int turn = 0; turn < TURNS; turn++) {
            measured = measured.stream().map(form -> form.more(caller)).toList();
        }
        return measured;
    }

    /** In a gateway of its own, whose sessions all begin after the server was told to write plans. */
    private void explain(ScaleDatabase database, List<ListForm> forms) {
        GatewaySetup setup = database.setup();
        try (Gateway gateway = Gateway.start(setup)) {
            gateway.awaitReady(START_LIMIT);
            Plans plans = new Plans(database.log());
            Caller caller = new Caller(setup);
            Set<String> nobodys = plans.ofNobody(QUIET);
            forms.forEach(form -> report.add(
                    form,
                    plans.of(form, caller).stream()
                            .filter(plan -> !nobodys.contains(Plans.statement(plan)))
                            .toList()));
            try (Session session = Session.open(database.address())) {
                Plans.off(session);
            }
        }
    }

    private List<ListForm> forms(ScaleDatabase database, Size size) {
        try (Session session = Session.open(database.address())) {
            Plans.off(session);
            report.circumstance("PostgreSQL", session.text("SELECT version()"));
            report.circumstance(
                    "rows", "%,d events within a week, %,d instances".formatted(size.events(), size.instances()));
            report.circumstance(
                    "database", session.text("SELECT pg_size_pretty(pg_database_size(current_database()))"));
            report.circumstance(
                    "files", "read once before, so that the system has them in memory as far as there is room");
            report.circumstance(
                    "machine",
                    Runtime.getRuntime().availableProcessors()
                            + " processors, shared by caller, gateway and PostgreSQL");
            return ListForms.all(session, ScaleDatabase.end(session));
        }
    }
}
