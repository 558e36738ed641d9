package dev.sluice.gateway.notifications;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.request.Page;
import dev.sluice.persistence.notification.Subscription;
import dev.sluice.persistence.notification.SubscriptionPage;
import dev.sluice.persistence.notification.SubscriptionPage.Place;
import dev.sluice.persistence.notification.SubscriptionRepository;
import java.util.List;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the subscription routes. */
final class SubscriptionHandler {
    private final SubscriptionRepository subscriptions;
    private final Unsubscriber unsubscriber;

    SubscriptionHandler(SubscriptionRepository subscriptions, Unsubscriber unsubscriber) {
        this.subscriptions = subscriptions;
        this.unsubscriber = unsubscriber;
    }

    /** {@code GET /notifications/subscriptions}: in the order of their instances. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            Page<Place> page = Page.of(request, SubscriptionToken::parse);
            return subscriptions
                    .page(caller.organizationId(), Objects.requireNonNullElse(page.after(), Place.FIRST), page.size())
                    .flatMap(SubscriptionHandler::render);
        });
    }

    private static Mono<ServerResponse> render(SubscriptionPage page) {
        ServerResponse.BodyBuilder answer = ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(Page.RETURNED, String.valueOf(page.subscriptions().size()));
        Place next = page.next();
        if (next != null) {
            answer.header(Page.NEXT, SubscriptionToken.at(next));
        }
        return answer.bodyValue(
                page.subscriptions().stream().map(SubscriptionView::of).toList());
    }

    /** {@code GET /notifications/subscriptions/{sid}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return find(request)
                .flatMap(found -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(SubscriptionView.of(found)));
    }

    /**
     * {@code DELETE /notifications/subscriptions/{sid}}: the callback URL leaves its instance's configuration, as if it had
     * been taken out there. What was owed to it ends as deleted; setting it at the instance again makes a new one.
     */
    Mono<ServerResponse> delete(ServerRequest request) {
        return find(request)
                .flatMap(found -> Caller.of(request)
                        .flatMap(caller -> unsubscriber.remove(caller.organizationId(), found))
                        .switchIfEmpty(Mono.error(SubscriptionHandler::unknown)))
                .flatMap(gone -> ServerResponse.ok().build());
    }

    private Mono<Subscription> find(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller -> subscriptions
                        .findAll(caller.organizationId(), List.of(number(request)))
                        .next())
                .switchIfEmpty(Mono.error(SubscriptionHandler::unknown));
    }

    private static long number(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("sid"));
        } catch (NumberFormatException notANumber) {
            throw unknown();
        }
    }

    private static NotFoundException unknown() {
        return new NotFoundException("No subscription found with that id.");
    }
}
