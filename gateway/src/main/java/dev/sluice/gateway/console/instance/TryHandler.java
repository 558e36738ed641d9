package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.normalizers.SampleWebhook;
import dev.sluice.normalizers.Samples;
import dev.sluice.normalizers.Settings;
import dev.sluice.persistence.instance.Instance;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Sends an instance a webhook as its provider would, and leads to where it arrives. */
final class TryHandler {
    private final Found found;
    private final SampleSender sender;
    private final Clock clock;
    private final Pages pages;

    TryHandler(Found found, SampleSender sender, Clock clock, Pages pages) {
        this.found = found;
        this.sender = sender;
        this.clock = clock;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}/try}. */
    Mono<ServerResponse> form(ServerRequest request) {
        return found.instance(request).flatMap(instance -> show(request, HttpStatus.OK, instance, ""));
    }

    /** {@code POST /console/instances/{id}/try}. */
    Mono<ServerResponse> send(ServerRequest request) {
        return found.instance(request).zipWith(request.formData()).flatMap(both -> {
            Instance instance = both.getT1();
            String type = Objects.requireNonNullElse(both.getT2().getFirst("type"), "");
            Samples samples = samples(instance);
            if (!samples.types().contains(type)) {
                return show(request, HttpStatus.UNPROCESSABLE_CONTENT, instance, "Choose one of the types.");
            }
            SampleWebhook webhook =
                    samples.webhook(type, new Settings(instance.configuration()), clock.millis(), clock.instant());
            return sender.send(instance, webhook)
                    .flatMap(status -> status / 100 == 2
                            ? Pages.goTo("/console/events?instance=" + instance.id())
                            : show(
                                    request,
                                    HttpStatus.UNPROCESSABLE_CONTENT,
                                    instance,
                                    "The webhook was answered with status " + status + " (expected: 200)."));
        });
    }

    private Samples samples(Instance instance) {
        return found.element(instance).samples();
    }

    private Mono<ServerResponse> show(ServerRequest request, HttpStatus status, Instance instance, String problem) {
        List<String> types = samples(instance).types();
        return pages.show(
                request,
                status,
                "instances/try",
                Map.of(
                        "instance",
                        InstanceCard.of(instance, found.element(instance)),
                        "types",
                        types,
                        "problem",
                        problem));
    }
}
