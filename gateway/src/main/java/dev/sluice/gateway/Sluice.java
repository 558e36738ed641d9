package dev.sluice.gateway;

import dev.sluice.gateway.command.Commands;
import dev.sluice.gateway.lifecycle.storage.EarlyStorage;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway; or does what a command says. */
@SpringBootApplication
public class Sluice {
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (Commands.areAskedFor(words)) {
            System.exit(Commands.run(words, System.out));
        }
        SpringApplication application = new SpringApplication(Sluice.class);
        application.addInitializers(new EarlyStorage());
        application.run(Commands.settings(words));
    }
}
