package dev.sluice.gateway.ingest;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that see a gateway as customers and providers do, with a callback of theirs. */
abstract class OverHttp {
    @TempDir
    private static Path directory;

    private static LocalGateway gateway;

    /** The gateway, by HTTP. */
    static GatewayClient client;

    /** Where notifications go. */
    static CallbackServer callback;

    @BeforeAll
    static void start() {
        gateway = new LocalGateway(directory);
        client = gateway.client();
        callback = new CallbackServer();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        callback.close();
    }

    /** A page of the gateway's management port. */
    static String management(String path) {
        return gateway.management(path);
    }

    /** The bytes that the budget holds for webhooks on their way. */
    static long held() {
        return gateway.held();
    }
}
