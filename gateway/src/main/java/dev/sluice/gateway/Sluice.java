package dev.sluice.gateway;

import dev.sluice.gateway.lifecycle.storage.EarlyStorage;
import dev.sluice.gateway.lifecycle.storage.KeysetCommand;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway; or, asked with {@code keyset}, changes the keys it encrypts with. */
@SpringBootApplication
public class Sluice {
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (KeysetCommand.isAskedFor(words)) {
            System.exit(KeysetCommand.run(words, System.out));
        }
        SpringApplication application = new SpringApplication(Sluice.class);
        application.addInitializers(new EarlyStorage());
        application.run(arguments);
    }
}
