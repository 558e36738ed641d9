package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.catalog.RequestedElement;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.gateway.provisioning.InstanceRequest;
import dev.sluice.gateway.provisioning.Provisioned;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.Instance;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Serves an instance's configuration key by key. */
final class SettingHandler {
    private static final String VALUE = "propertyValue";

    private final Provisioner provisioner;
    private final RequestedElement elements;
    private final RequestedInstance requested;
    private final InstanceAnswer answer;

    SettingHandler(
            Provisioner provisioner, RequestedElement elements, RequestedInstance requested, InstanceAnswer answer) {
        this.provisioner = provisioner;
        this.elements = elements;
        this.requested = requested;
        this.answer = answer;
    }

    /** {@code GET /instances/{id}/configuration}, {@code GET /instances/configuration}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return requested
                .find(request)
                .flatMap(instance -> json(SettingView.all(instance, element(instance)).stream()
                        .map(SettingView::json)
                        .toList()));
    }

    /** {@code GET /instances/{id}/configuration/{configId}}, {@code GET /instances/configuration/{configId}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return requested
                .find(request)
                .flatMap(instance -> json(named(request, instance).json()));
    }

    /** {@code PATCH /instances/{id}/configuration/{configId}}, {@code PATCH /instances/configuration/{configId}}. */
    Mono<ServerResponse> patch(ServerRequest request) {
        return requested
                .find(request)
                .zipWith(JsonBody.read(request).map(SettingHandler::value))
                .flatMap(both -> set(request, both.getT1(), named(request, both.getT1()), both.getT2()))
                .flatMap(changed -> json(named(request, changed).json()));
    }

    private static String value(JsonNode body) {
        JsonNode value = body.get(VALUE);
        if (value == null) {
            throw new BadRequestException(VALUE, "missing", "the value, or null to unset it");
        }
        return InstanceRequest.value(value);
    }

    private Mono<Instance> set(ServerRequest request, Instance instance, SettingView setting, String value) {
        InstanceRequest asked = InstanceRequest.ofSetting(setting.field().key(), value);
        Draft draft = new Draft(element(instance));
        return provisioner
                .change(instance, before -> draft.patched(before, asked), null, answer.webhookUrls(request))
                .map(Provisioned::instance)
                .switchIfEmpty(RequestedInstance.unknown());
    }

    private SettingView named(ServerRequest request, Instance instance) {
        return SettingView.find(instance, element(instance), request.pathVariable("configId"))
                .orElseThrow(() -> new NotFoundException(
                        "configuration: no such record (expected: an id or a key of the instance's configuration)"));
    }

    private Element element(Instance instance) {
        return elements.of(instance.elementKey(), null);
    }

    private static Mono<ServerResponse> json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
