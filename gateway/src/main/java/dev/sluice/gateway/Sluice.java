package dev.sluice.gateway;

import dev.sluice.gateway.lifecycle.storage.EarlyStorage;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway. */
@SpringBootApplication
public class Sluice {
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(Sluice.class);
        application.addInitializers(new EarlyStorage());
        application.run(arguments);
    }
}
