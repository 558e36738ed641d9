package dev.sluice.gateway.console.session;

import java.io.PrintStream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** The last words of a start: where the console is, and in the local start a link that signs in. */
final class ConsoleAnnouncement implements ApplicationListener<ApplicationReadyEvent> {
    private final SignInLink link;
    private final PrintStream terminal;

    ConsoleAnnouncement(SignInLink link, PrintStream terminal) {
        this.link = link;
        this.terminal = terminal;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        String host = "http://localhost:" + environment.getProperty("local.server.port");
        boolean local = environment.getProperty("sluice.local-start", Boolean.class, false);
        terminal.println("Console: " + host + (local ? link.path() + " signs you in, once" : "/console"));
    }
}
