package dev.sluice.gateway.rig.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.rig.ledger.Sightings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;

/** The receiver as a process: a question a line on standard input, an answer a line on standard output. */
final class ReceiverMain {
    private ReceiverMain() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        Sightings sightings = new Sightings();
        try (Receiver receiver = Receiver.start(sightings, id -> 200)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(answer(line.split(" ", -1), receiver, sightings));
            }
        }
    }

    private static String answer(String[] words, Receiver receiver, Sightings sightings) {
        return switch (words[0]) {
            case "url" -> receiver.url();
            case "distinct" -> String.valueOf(sightings.distinct());
            case "strange" -> String.valueOf(sightings.strange());
            default -> {
                sightings
                        .received(Long.parseLong(words[1]), Integer.parseInt(words[2]))
                        .write(Path.of(words[3]));
                yield "done";
            }
        };
    }
}
