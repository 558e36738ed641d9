package dev.sluice.gateway.command;

import dev.sluice.gateway.demo.DemoKeys;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table of commands; what each does is in a class of its own. */
@Command(
        name = "sluice",
        description = "A webhook gateway. Without a command it serves, as with \"serve\".",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Settings are given as --sluice.data-dir=… or SLUICE_DATA_DIR=…"})
public final class Commands {
    private static final String SERVE = "serve";
    private static final int HELP_WIDTH = 120;

    private final PrintStream out;

    private Commands(PrintStream out) {
        this.out = out;
    }

    /** Whether these arguments ask for something else than serving: anything but a setting. */
    public static boolean areAskedFor(List<String> arguments) {
        if (arguments.isEmpty() || (arguments.get(0).equals(SERVE) && !asksForHelp(arguments))) {
            return false;
        }
        return asksForHelp(arguments) || !arguments.get(0).startsWith("--");
    }

    private static boolean asksForHelp(List<String> arguments) {
        return arguments.stream().anyMatch(List.of("--help", "-h", "--version", "-V")::contains);
    }

    /** The arguments without the word that asks for serving. */
    public static String[] settings(List<String> arguments) {
        return arguments.stream()
                .skip(!arguments.isEmpty() && arguments.get(0).equals(SERVE) ? 1 : 0)
                .toArray(String[]::new);
    }

    /**
     * Does what the arguments say. Blocks until it is done.
     *
     * @return the process's exit code: 0, 1 when it did not work, 2 when the arguments make no sense
     */
    public static int run(List<String> arguments, PrintStream out) {
        PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
        return new CommandLine(new Commands(out))
                .setOut(writer)
                .setErr(writer)
                .setUsageHelpWidth(HELP_WIDTH)
                .setExecutionExceptionHandler((problem, line, parsed) -> explain(problem, out))
                .execute(arguments.toArray(String[]::new));
    }

    private static int explain(Exception problem, PrintStream out) throws Exception {
        if (problem instanceof CommandFailedException failed) {
            out.println(failed.explanation());
            return 1;
        }
        throw problem;
    }

    @Command(
            name = SERVE,
            description = "Takes webhooks and delivers them; what it does without a command.",
            mixinStandardHelpOptions = true)
    int serve() {
        // Only its help is asked for here; serving is the entry point's.
        return 0;
    }

    @Command(
            name = "keyset",
            description = "Makes or changes the file with the keys that encrypt customers' secrets.",
            mixinStandardHelpOptions = true)
    int keyset(
            @Parameters(
                            paramLabel = "create|add|promote|remove",
                            description = "A new file; or the three steps to another key, in this order.")
                    String change,
            @Parameters(paramLabel = "<file>", description = "The keyset.") Path file) {
        return new KeysetCommand(out).run(change, file);
    }

    @Command(
            name = "migrate",
            description =
                    "Brings the schema of SLUICE_DATABASE_URL to this version, where nodes run with SLUICE_MIGRATE=false.",
            mixinStandardHelpOptions = true)
    int migrate() {
        return new MigrateCommand(out).run();
    }

    @Command(
            name = "trigger",
            description = "Sends a signed sample webhook to an instance, as the provider would.",
            mixinStandardHelpOptions = true)
    int trigger(
            @Mixin ToGateway gateway,
            @Parameters(paramLabel = "<element>", description = "its key, as in the catalog") String element,
            @Parameters(
                            paramLabel = "<type>",
                            arity = "0..1",
                            description = "What happens: push, issues.opened … Without it the types are listed.")
                    @Nullable String type,
            @Option(names = "--instance", description = "Its id; otherwise the element's newest.") @Nullable Long instance,
            @Option(
                            names = "--key",
                            defaultValue = "${env:SLUICE_VENDOR_SIGNATURE_KEY:-" + DemoKeys.WEBHOOK + "}",
                            description = "The instance's event.vendor.signature.key; otherwise the walk-through's.")
                    String key,
            @Option(names = "--url-secret", defaultValue = "", description = "Its event.vendor.url.secret, if any.")
                    String urlSecret) {
        TriggerCommand trigger = new TriggerCommand(gateway.api(), utc(), out);
        return type == null ? trigger.list(element) : trigger.send(element, type, instance, key, urlSecret);
    }

    // Whoever is at the command line has the clock of this machine, and no application that could hand one in.
    @SuppressWarnings("TimeZoneUsage")
    private static Clock utc() {
        return Clock.systemUTC();
    }

    @Command(
            name = "listen",
            description =
                    "Hands an instance's notifications on to a server of yours as they come, and says what it answers.",
            mixinStandardHelpOptions = true)
    int listen(
            @Mixin ToGateway gateway,
            @Option(names = "--forward-to", required = true, description = "http://localhost:3000/webhooks …")
                    URI target,
            @Option(names = "--instance", required = true, description = "Its id.") long instance,
            @Option(
                            names = "--key",
                            defaultValue = "",
                            description = "Signs them, as event.notification.signature.key does; otherwise unsigned.")
                    String key,
            @Option(names = "--count", defaultValue = "0", description = "Ends after so many; otherwise at Ctrl-C.")
                    int count) {
        return new ListenCommand(gateway.api(), new Forwarding(target, key, utc()), out).run(instance, count);
    }

    @Command(
            name = "doctor",
            description = "Says what is wrong with a set-up and how to mend it: the settings in the environment, the"
                    + " database, the keyset, and the gateway at --url if one runs there.",
            mixinStandardHelpOptions = true)
    int doctor(@Mixin ToGateway gateway) {
        return new DoctorCommand(gateway, out).run();
    }
}
