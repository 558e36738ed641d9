package dev.sluice.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the gateway. */
@SpringBootApplication
public class Sluice {
    public static void main(String[] arguments) {
        SpringApplication.run(Sluice.class, arguments);
    }
}
