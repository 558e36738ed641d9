package dev.sluice.gateway.request;

import dev.sluice.gateway.error.BadRequestException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which part of a list is asked for: {@code pageSize} and {@code nextPage}.
 *
 * @param size 1 to 200
 * @param after where the previous page ended, or null for the first page
 */
public record Page<T>(int size, @Nullable T after) {
    /** The header with the token of the next page; absent on the last. */
    public static final String NEXT = "Elements-Next-Page-Token";

    /** The header with the number of records in the answer. */
    public static final String RETURNED = "Elements-Returned-Count";

    /** The header with the number of records in the whole list, where that is known. */
    public static final String TOTAL = "Elements-Total-Count";

    private static final int SIZE_MAX = 200;

    /**
     * Reads the request's parameters.
     *
     * @param token reads a token that an earlier answer gave; empty when it is none
     */
    public static <T> Page<T> of(ServerRequest request, Function<String, Optional<T>> token) {
        T after = request.queryParam("nextPage")
                .filter(given -> !given.isBlank())
                .map(given -> token.apply(given)
                        .orElseThrow(() -> new BadRequestException(
                                "nextPage", "no token of this list", "the header " + NEXT + " of the page before")))
                .orElse(null);
        return new Page<>(request.queryParam("pageSize").map(Page::size).orElse(SIZE_MAX), after);
    }

    private static int size(String given) {
        try {
            int size = Integer.parseInt(given.trim());
            if (size >= 1 && size <= SIZE_MAX) {
                return size;
            }
        } catch (NumberFormatException notANumber) {
            throw new BadRequestException("pageSize: not a number (expected: 1.." + SIZE_MAX + ")", notANumber);
        }
        throw new BadRequestException("pageSize", given.trim(), "1.." + SIZE_MAX);
    }
}
