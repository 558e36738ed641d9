package dev.sluice.gateway.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.delivery.notification.ShownNotification;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.delivery.DeliveryId;
import dev.sluice.persistence.notification.AcknowledgementRepository;
import dev.sluice.persistence.notification.DeliveryFilter;
import dev.sluice.persistence.notification.DeliveryList;
import dev.sluice.persistence.notification.DeliveryPage;
import dev.sluice.persistence.notification.FoundDelivery;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves notifications as they were sent. */
final class NotificationHandler {
    private final RequestedNotification requested;
    private final Topics topics;
    private final DeliveryList list;
    private final NotificationReader reader;
    private final AcknowledgementRepository acknowledgements;

    NotificationHandler(
            RequestedNotification requested,
            Topics topics,
            DeliveryList list,
            NotificationReader reader,
            AcknowledgementRepository acknowledgements) {
        this.requested = requested;
        this.topics = topics;
        this.list = list;
        this.reader = reader;
        this.acknowledgements = acknowledgements;
    }

    /** {@code GET /notifications?topics[]=…}: the newest first. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            List<String> named = Topics.of(request);
            Page<DeliveryId> page = Page.of(request, DeliveryId::parse);
            return topics.instances(caller.organizationId(), named)
                    .filter(instances -> !instances.isEmpty())
                    .map(instances -> DeliveryFilter.ofInstances(caller.organizationId(), instances))
                    .flatMap(filter -> list.page(filter, page.after(), page.size()))
                    .defaultIfEmpty(DeliveryPage.EMPTY)
                    .flatMap(found -> read(caller.organizationId(), found));
        });
    }

    private Mono<ServerResponse> read(long organizationId, DeliveryPage page) {
        return reader.read(organizationId, page.deliveries()).collectList().flatMap(shown -> render(page, shown));
    }

    private static Mono<ServerResponse> render(DeliveryPage page, List<ShownNotification> shown) {
        ServerResponse.BodyBuilder answer = json().header(Page.RETURNED, String.valueOf(shown.size()));
        DeliveryId next = page.nextAfter(
                shown.isEmpty() ? null : shown.get(shown.size() - 1).id());
        if (next != null) {
            answer.header(Page.NEXT, next.encoded());
        }
        String body = shown.stream().map(ShownNotification::json).collect(joining(",", "[", "]"));
        return answer.bodyValue(body.getBytes(UTF_8));
    }

    /** {@code GET /notifications/{nid}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return requested
                .find(request)
                .zipWith(Caller.of(request))
                .flatMap(both -> show(both.getT2().organizationId(), both.getT1()));
    }

    /** {@code PUT /notifications/{nid}/acknowledge}: somebody has seen it. Delivery does not mind. */
    Mono<ServerResponse> acknowledge(ServerRequest request) {
        return requested
                .find(request)
                .zipWith(Caller.of(request))
                .flatMap(both -> acknowledgements
                        .acknowledge(both.getT1().id(), both.getT2().account().userId())
                        .then(Mono.defer(() -> show(both.getT2().organizationId(), both.getT1()))));
    }

    private Mono<ServerResponse> show(long organizationId, FoundDelivery found) {
        return reader.read(organizationId, List.of(found))
                .next()
                .switchIfEmpty(Mono.error(RequestedNotification::unknown))
                .flatMap(shown -> json().bodyValue(shown.json().getBytes(UTF_8)));
    }

    private static ServerResponse.BodyBuilder json() {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON);
    }
}
