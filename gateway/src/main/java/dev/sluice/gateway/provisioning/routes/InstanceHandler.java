package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.catalog.RequestedElement;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.provisioning.CursorToken;
import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.gateway.provisioning.InstanceRequest;
import dev.sluice.gateway.provisioning.Provisioned;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.provisioning.SignatureKeys;
import dev.sluice.gateway.request.JsonBody;
import dev.sluice.gateway.request.Overlap;
import dev.sluice.gateway.request.Page;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCursor;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import java.util.function.BiFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** Serves the instance routes: reads the request, has it done, answers. */
final class InstanceHandler {
    private final InstanceRepository instances;
    private final Provisioner provisioner;
    private final RequestedElement elements;
    private final RequestedInstance requested;
    private final InstanceAnswer answer;
    private final SignatureKeys keys;

    InstanceHandler(
            InstanceRepository instances,
            Provisioner provisioner,
            RequestedElement elements,
            RequestedInstance requested,
            InstanceAnswer answer,
            SignatureKeys keys) {
        this.instances = instances;
        this.provisioner = provisioner;
        this.elements = elements;
        this.requested = requested;
        this.answer = answer;
        this.keys = keys;
    }

    /** {@code POST /instances}, {@code POST /elements/{keyOrId}/instances}. */
    Mono<ServerResponse> create(ServerRequest request) {
        return Caller.of(request)
                .zipWith(read(request))
                .flatMap(both -> create(request, both.getT1(), both.getT2()))
                .flatMap(created -> answer.provisioned(request, created));
    }

    /** {@code reAuthenticate=false} saves without asking the provider. */
    private static Mono<InstanceRequest> read(ServerRequest request) {
        boolean saveOnly = request.queryParam("reAuthenticate")
                .filter("false"::equalsIgnoreCase)
                .isPresent();
        return JsonBody.read(request).map(InstanceRequest::of).map(asked -> saveOnly ? asked.withoutCode() : asked);
    }

    private Mono<Provisioned> create(ServerRequest request, Caller caller, InstanceRequest asked) {
        Element element = elements.of(request, asked.element());
        return provisioner.create(
                caller.account(),
                element,
                new Draft(element).created(asked),
                asked.code(),
                answer.webhookUrls(request));
    }

    /** {@code GET /instances}, {@code GET /elements/{keyOrId}/instances}, {@code GET /accounts[/{id}]/instances}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            Page<InstanceCursor> page = Page.of(request, CursorToken::parse);
            return instances
                    .list(
                            caller.accountIn(request),
                            InstanceQuery.filter(request, elements.inPath(request)),
                            page.after(),
                            page.size() + 1)
                    .collectList()
                    .filter(found -> !found.isEmpty())
                    .switchIfEmpty(Mono.error(() -> new NotFoundException("No element instances found.")))
                    .flatMap(found -> answer.page(request, found, page.size()));
        });
    }

    /** {@code GET /instances/count}. */
    Mono<ServerResponse> count(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller ->
                        instances.countByElement(caller.organizationId()).collectList())
                .flatMap(answer::count);
    }

    /** {@code GET /instances/{id}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return requested.find(request).flatMap(instance -> answer.one(request, instance));
    }

    /** {@code PATCH /instances/{id}}, {@code PATCH /instances}. */
    Mono<ServerResponse> patch(ServerRequest request) {
        return change(request, (before, asked) -> draft(before, asked).patched(before, asked));
    }

    /** {@code PUT /instances/{id}}, {@code PUT /instances}. */
    Mono<ServerResponse> put(ServerRequest request) {
        return change(request, (before, asked) -> draft(before, asked).replaced(before, asked));
    }

    private Draft draft(Instance before, InstanceRequest asked) {
        return new Draft(elements.of(before.elementKey(), asked.element()));
    }

    private Mono<ServerResponse> change(
            ServerRequest request, BiFunction<Instance, InstanceRequest, InstanceSettings> change) {
        return requested
                .find(request)
                .zipWith(read(request))
                .flatMap(both -> provisioner.change(
                        both.getT1(),
                        before -> change.apply(before, both.getT2()),
                        both.getT2().code(),
                        answer.webhookUrls(request)))
                .switchIfEmpty(RequestedInstance.unknown())
                .flatMap(changed -> answer.provisioned(request, changed));
    }

    /** {@code DELETE /instances/{id}}, {@code DELETE /instances}. */
    Mono<ServerResponse> delete(ServerRequest request) {
        return requested
                .target(request)
                .flatMap(target -> provisioner.delete(target.organizationId(), target.id()))
                .switchIfEmpty(RequestedInstance.unknown())
                .flatMap(deleted -> ServerResponse.ok().build());
    }

    /** {@code PUT /instances/{id}/enabled}, {@code PUT /instances/enabled}. */
    Mono<ServerResponse> enable(ServerRequest request) {
        return setDisabled(request, false);
    }

    /** {@code DELETE /instances/{id}/enabled}, {@code DELETE /instances/enabled}. */
    Mono<ServerResponse> disable(ServerRequest request) {
        return setDisabled(request, true);
    }

    private Mono<ServerResponse> setDisabled(ServerRequest request, boolean disabled) {
        return requested
                .target(request)
                .flatMap(target -> instances.setDisabled(target.organizationId(), target.id(), disabled))
                .flatMap(instances::find)
                .switchIfEmpty(RequestedInstance.unknown())
                .flatMap(changed -> answer.one(request, changed));
    }

    /** {@code POST /instances/{id}/token}, {@code POST /instances/token}. */
    Mono<ServerResponse> rotateToken(ServerRequest request) {
        return requested
                .target(request)
                .zipWith(JsonBody.readOptional(request).map(Overlap::of))
                .flatMap(both -> instances.rotateToken(
                        both.getT1().organizationId(), both.getT1().id(), both.getT2()))
                .switchIfEmpty(RequestedInstance.unknown())
                .flatMap(changed -> answer.one(request, changed));
    }

    /** {@code POST /instances/{id}/signature-key}, {@code POST /instances/signature-key}. */
    Mono<ServerResponse> rotateSignatureKey(ServerRequest request) {
        return requested
                .find(request)
                .zipWith(JsonBody.readOptional(request))
                .flatMap(both -> rotateSignatureKey(both.getT1(), both.getT2()));
    }

    private Mono<ServerResponse> rotateSignatureKey(Instance instance, ObjectNode asked) {
        String given = InstanceRequest.signatureKey(asked);
        return keys.replace(instance, given, Overlap.of(asked))
                .switchIfEmpty(RequestedInstance.unknown())
                .flatMap(replaced ->
                        answer.signatureKey(replaced.instance(), given == null ? replaced.key() : Draft.MASK));
    }
}
