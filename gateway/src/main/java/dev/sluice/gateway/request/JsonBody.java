package dev.sluice.gateway.request;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.PayloadTooLargeException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body as a JSON object. Who sends something else learns where it is wrong and what seems to be missing. */
public final class JsonBody {
    private static final int BYTES_MAX = 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private JsonBody() {}

    /**
     * The request's body, at most 1 MB.
     *
     * @return errors 400 when it is empty, no JSON or no object, 413 when it is too long, 415 when it says it is no JSON
     */
    public static Mono<ObjectNode> read(ServerRequest request) {
        return read(request, JsonBody::parse);
    }

    /** The same, but no body at all is an empty object. */
    public static Mono<ObjectNode> readOptional(ServerRequest request) {
        return read(request, body -> body.length == 0 ? JSON.createObjectNode() : parse(body));
    }

    private static Mono<ObjectNode> read(ServerRequest request, Function<byte[], ObjectNode> parse) {
        return Mono.defer(() -> {
            requireJson(request.headers().contentType());
            requireLength(request.headers().contentLength().orElse(0));
            return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), BYTES_MAX)
                    .map(JsonBody::bytes)
                    .defaultIfEmpty(new byte[0])
                    .map(parse)
                    .onErrorMap(DataBufferLimitException.class, tooLarge -> new PayloadTooLargeException(BYTES_MAX));
        });
    }

    private static void requireJson(Optional<MediaType> contentType) {
        contentType
                .filter(type -> !MediaType.APPLICATION_JSON.isCompatibleWith(type)
                        && !type.getSubtype().endsWith("+json"))
                .ifPresent(type -> {
                    throw new UnsupportedMediaTypeStatusException(type, List.of(MediaType.APPLICATION_JSON));
                });
    }

    /** Known before the body comes, and so before a sender that waits for our consent sends it. */
    private static void requireLength(long declaredBytes) {
        if (declaredBytes > BYTES_MAX) {
            throw new PayloadTooLargeException(BYTES_MAX);
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    static ObjectNode parse(byte[] body) {
        if (body.length == 0) {
            throw new BadRequestException("body", "empty", "a JSON object");
        }
        try {
            JsonNode root = JSON.readTree(body);
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw new BadRequestException("body", "JSON, but no object", "a JSON object");
        } catch (JacksonException broken) {
            throw new BadRequestException("body: not JSON at " + place(broken) + ": " + hint(broken), broken);
        }
    }

    private static String place(JacksonException broken) {
        TokenStreamLocation location = broken.getLocation();
        return location == null
                ? "an unknown place"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The parser's own words quote the body, which may hold secrets. */
    private static String hint(JacksonException broken) {
        String words = Objects.requireNonNullElse(broken.getOriginalMessage(), "");
        if (broken instanceof StreamConstraintsException) {
            return "it is nested too deeply, or a name or number is too long";
        }
        if (words.contains("comma to separate")) {
            return "a comma seems to be missing before this place";
        }
        if (words.contains("double-quote to start")) {
            return "a name in double quotes is expected; the comma before this place may be one too many";
        }
        if (words.contains("colon")) {
            return "a colon seems to be missing between name and value";
        }
        if (words.contains("end-of-input")) {
            return "the body ends too early; a closing quote, } or ] seems to be missing";
        }
        if (words.contains("Illegal unquoted character")) {
            return "a closing double quote seems to be missing before the end of the line";
        }
        return "a value is expected: text in double quotes, a number, true, false, null, { or [";
    }
}
