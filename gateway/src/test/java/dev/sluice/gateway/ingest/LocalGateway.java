package dev.sluice.gateway.ingest;

import dev.sluice.gateway.Sluice;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** A whole gateway in this process, on the embedded database. */
final class LocalGateway implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    LocalGateway(Path directory, String... settings) {
        this.context = new SpringApplication(Sluice.class)
                .run(Stream.of(
                                Stream.of(GatewayClient.SETTINGS),
                                Stream.of("--server.port=0", "--sluice.data-dir=" + directory.resolve("data")),
                                Stream.of(settings))
                        .flatMap(each -> each)
                        .toArray(String[]::new));
    }

    GatewayClient client() {
        String port = context.getEnvironment().getProperty("local.server.port");
        return new GatewayClient("http://127.0.0.1:" + Objects.requireNonNull(port));
    }

    /** A page of its management port. */
    String management(String path) {
        String port = context.getEnvironment().getProperty("local.management.port");
        return Objects.requireNonNull(RestClient.create("http://127.0.0.1:" + Objects.requireNonNull(port))
                .get()
                .uri(path)
                .retrieve()
                .body(String.class));
    }

    /** The bytes that the budget holds for webhooks on their way. */
    long held() {
        return context.getBean(ByteBudget.class).held();
    }

    @Override
    public void close() {
        context.close();
    }
}
