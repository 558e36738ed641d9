package dev.sluice.gateway.command;

import dev.sluice.gateway.lifecycle.storage.SetUpFinding;
import dev.sluice.gateway.lifecycle.storage.SetUpReview;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.springframework.boot.logging.LoggingSystem;

/** {@code doctor}: what is wrong, and what to do about it. */
final class DoctorCommand {
    private final ToGateway gateway;
    private final PrintStream out;
    private int problems;

    DoctorCommand(ToGateway gateway, PrintStream out) {
        this.gateway = gateway;
        this.out = out;
    }

    /** Says one line a check, and below each that fails how to mend it; 0 when all is well. */
    int run() {
        // The libraries' own words about a database that is away would stand between ours.
        LoggingSystem.get(DoctorCommand.class.getClassLoader()).beforeInitialize();
        List<SetUpFinding> findings = SetUpReview.ofThisEnvironment();
        findings.forEach(this::show);
        show(running());
        out.println(problems == 0 ? "Nothing is wrong." : problems + (problems == 1 ? " problem." : " problems."));
        return problems == 0 ? 0 : 1;
    }

    private void show(SetUpFinding finding) {
        out.println((finding.isWell() ? "ok       " : "PROBLEM  ") + finding.subject() + ": " + finding.found());
        if (!finding.isWell()) {
            problems++;
            out.println("         " + finding.remedy());
        }
    }

    private SetUpFinding running() {
        try {
            Http.send(HttpRequest.newBuilder(URI.create(gateway.url())));
        } catch (IOException | IllegalArgumentException away) {
            return SetUpFinding.well("gateway", "none runs at " + gateway.url() + ", so its API was not asked");
        }
        try {
            gateway.api().get("/elements/keys");
            return SetUpFinding.well("gateway", "the one at " + gateway.url() + " answers and knows the secrets");
        } catch (CommandFailedException failed) {
            return SetUpFinding.problem(
                    "gateway", failed.explanation(), "Correct the secrets or --url, then ask again.");
        }
    }
}
