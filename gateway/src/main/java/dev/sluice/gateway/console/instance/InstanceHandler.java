package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.endpoint.EndpointLine;
import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.provisioning.Warnings;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows one instance, and switches or deletes it. */
final class InstanceHandler {
    private static final Map<String, String> DONE = Map.of(
            "created", "The instance is ready. What is left to do at the provider stands below.",
            "updated", "The instance is updated.",
            "connected", "The provider has granted access.",
            "enabled", "The instance delivers again.",
            "disabled", "The instance stores what comes, and delivers nothing.");

    private final Found found;
    private final InstanceRepository instances;
    private final Provisioner provisioner;
    private final Registrations registrations;
    private final WebhookAddress addresses;
    private final Pages pages;

    InstanceHandler(
            Found found,
            InstanceRepository instances,
            Provisioner provisioner,
            Registrations registrations,
            WebhookAddress addresses,
            Pages pages) {
        this.found = found;
        this.instances = instances;
        this.provisioner = provisioner;
        this.registrations = registrations;
        this.addresses = addresses;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}}. */
    Mono<ServerResponse> show(ServerRequest request) {
        return found.instance(request)
                .zipWhen(instance -> registrations.problems(List.of(instance.id())))
                .flatMap(both -> pages.show(request, "instances/show", shown(request, both.getT1(), both.getT2())));
    }

    private Map<String, Object> shown(ServerRequest request, Instance instance, Map<Long, String> problems) {
        Element element = found.element(instance);
        String url = addresses.of(instance, request);
        List<String> warnings = new ArrayList<>(Warnings.of(instance, element));
        String problem = problems.get(instance.id());
        if (problem != null) {
            warnings.add(
                    "The webhook does not stand at the provider as it should: " + problem + ". It is tried again.");
        }
        Labels labels = new Labels(element);
        boolean registered = instance.configuration().containsKey(SettingKeys.SUBSCRIPTION_ID);
        return Map.of(
                "instance",
                InstanceCard.of(instance, element),
                "token",
                instance.token(),
                "webhookUrl",
                url,
                "warnings",
                warnings.stream().map(labels::in).toList(),
                "steps",
                registered
                        ? List.of()
                        : element.setupSteps(url).stream().map(labels::in).toList(),
                "endpoints",
                instance.endpoints().stream().map(EndpointLine::of).toList(),
                "byOauth",
                element.api().oauth().isPresent(),
                "done",
                request.queryParam("done").map(DONE::get).orElse(""));
    }

    /** {@code POST /console/instances/{id}/enable}. */
    Mono<ServerResponse> enable(ServerRequest request) {
        return switched(request, false);
    }

    /** {@code POST /console/instances/{id}/disable}. */
    Mono<ServerResponse> disable(ServerRequest request) {
        return switched(request, true);
    }

    private Mono<ServerResponse> switched(ServerRequest request, boolean disabled) {
        return found.instance(request)
                .flatMap(instance -> instances
                        .setDisabled(instance.organizationId(), instance.id(), disabled)
                        .then(Pages.goTo("/console/instances/" + instance.id() + "?done="
                                + (disabled ? "disabled" : "enabled"))));
    }

    /** {@code GET /console/instances/{id}/delete}: asks first. */
    Mono<ServerResponse> confirm(ServerRequest request) {
        return found.instance(request)
                .flatMap(instance -> pages.show(
                        request,
                        "instances/delete",
                        Map.of("instance", InstanceCard.of(instance, found.element(instance)))));
    }

    /** {@code POST /console/instances/{id}/delete}. */
    Mono<ServerResponse> delete(ServerRequest request) {
        return found.instance(request)
                .flatMap(instance -> provisioner
                        .delete(instance.organizationId(), instance.id())
                        .then(Pages.goTo("/console/instances")));
    }
}
