package dev.sluice.gateway.console.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.persistence.search.EventFilter;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The list as CSV (RFC 4180), for spreadsheets: the newest ten thousand, a part at a time. */
final class CsvHandler {
    private static final int ROWS_MAX = 10_000;
    private static final int PART = 200;
    private static final String HEAD = "id,received,status,instance id,instance,element,what\r\n";
    private static final MediaType CSV = new MediaType("text", "csv", UTF_8);

    private final EventLists lists;

    CsvHandler(EventLists lists) {
        this.lists = lists;
    }

    /** {@code GET /console/events.csv}, with the filters of the list. */
    Mono<ServerResponse> export(ServerRequest request) {
        return Visitor.of(request)
                .map(visitor -> EventFilters.of(request, visitor))
                .flatMap(filter -> ServerResponse.ok()
                        .contentType(CSV)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.csv\"")
                        .header("X-Content-Type-Options", "nosniff")
                        .body(
                                Flux.concat(
                                        Mono.just(HEAD), filter.map(this::rows).orElseGet(Flux::empty)),
                                String.class));
    }

    private Flux<String> rows(EventFilter filter) {
        return lists.part(filter, null, PART)
                .expand(part ->
                        part.next().isEmpty() ? Mono.empty() : lists.part(filter, UUID.fromString(part.next()), PART))
                .concatMapIterable(EventLists.Part::lines)
                .take(ROWS_MAX)
                .map(CsvHandler::row);
    }

    private static String row(EventLine line) {
        return String.join(
                        ",",
                        line.id(),
                        line.at(),
                        line.status(),
                        String.valueOf(line.instanceId()),
                        cell(line.instance()),
                        cell(line.element()),
                        cell(line.what()))
                + "\r\n";
    }

    /** Quoted, and with a quote before what a spreadsheet would take for a formula. */
    static String cell(String text) {
        String calm = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + calm.replace("\"", "\"\"") + '"';
    }
}
