package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.rig.ledger.Ledger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** The load generator as a process: one run a line on standard input, one line back when it is done. */
final class LoadMain {
    private LoadMain() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(run(line.split(" ", -1)));
        }
    }

    private static String run(String[] words) {
        Target target = Target.local(Integer.parseInt(words[0]), words[1], words[2]);
        LoadPlan plan = new LoadPlan(
                Integer.parseInt(words[3]),
                Double.parseDouble(words[4]),
                Duration.parse(words[5]),
                Long.parseLong(words[6]),
                false);
        Ledger ledger = new Ledger(plan.firstId());
        new Load(target, plan, ledger).run();
        ledger.sent().write(Path.of(words[7]));
        return "done";
    }
}
