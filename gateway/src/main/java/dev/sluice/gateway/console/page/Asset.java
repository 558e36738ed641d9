package dev.sluice.gateway.console.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A style or script, at an address that changes with its content, so that browsers may keep it for good. */
final class Asset {
    private static final int FINGERPRINT = 12;

    private final byte[] content;
    private final MediaType type;
    private final String url;

    private Asset(byte[] content, MediaType type, String url) {
        this.content = content;
        this.type = type;
        this.url = url;
    }

    /** Reads it from the class path, once, while the gateway starts. */
    static Asset read(String onClassPath, String name, MediaType type) {
        try {
            byte[] content = new ClassPathResource(onClassPath).getContentAsByteArray();
            return new Asset(content, type, AssetRoutes.BELOW + name + "?v=" + fingerprint(content));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static String fingerprint(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256: not available in this Java runtime", missing);
        }
    }

    String url() {
        return url;
    }

    Mono<ServerResponse> answer() {
        return ServerResponse.ok()
                .contentType(type)
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
                .header("X-Content-Type-Options", "nosniff")
                .bodyValue(content);
    }
}
