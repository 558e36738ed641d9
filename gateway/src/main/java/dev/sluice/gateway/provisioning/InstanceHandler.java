package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceCursor;
import dev.sluice.persistence.instance.InstanceFilter;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.instance.InstanceSettings;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the instance routes: reads the request, has it done, answers. */
final class InstanceHandler {
    private final InstanceRepository instances;
    private final Provisioner provisioner;
    private final RequestedElement elements;
    private final InstanceAnswer answer;

    InstanceHandler(
            InstanceRepository instances, Provisioner provisioner, RequestedElement elements, InstanceAnswer answer) {
        this.instances = instances;
        this.provisioner = provisioner;
        this.elements = elements;
        this.answer = answer;
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
        Element element = elements.of(request, asked);
        return provisioner.create(
                caller.account(),
                element,
                new Draft(element).created(asked),
                asked.code(),
                answer.webhookUrls(request));
    }

    /** {@code GET /instances}, {@code GET /elements/{keyOrId}/instances}. */
    Mono<ServerResponse> list(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            Page<InstanceCursor> page = Page.of(request, CursorToken::parse);
            return instances
                    .list(caller.organizationId(), filter(request), page.after(), page.size() + 1)
                    .collectList()
                    .filter(found -> !found.isEmpty())
                    .switchIfEmpty(Mono.error(() -> new NotFoundException("No element instances found.")))
                    .flatMap(found -> answer.page(request, found, page.size()));
        });
    }

    private InstanceFilter filter(ServerRequest request) {
        List<String> tags = Stream.of("tags[]", "tags")
                .flatMap(name -> request.queryParams().getOrDefault(name, List.of()).stream())
                .filter(tag -> !tag.isBlank())
                .toList();
        return new InstanceFilter(
                elements.inPath(request)
                        .map(element -> element.descriptor().key())
                        .orElse(null),
                tags,
                request.queryParam("searchText").orElse(null));
    }

    /** {@code GET /instances/{id}}. */
    Mono<ServerResponse> get(ServerRequest request) {
        return ownInstance(request, instances).flatMap(instance -> answer.one(request, instance));
    }

    /** The instance that the path names, if it is the caller's. */
    static Mono<Instance> ownInstance(ServerRequest request, InstanceRepository instances) {
        return Caller.of(request)
                .flatMap(caller -> instances.find(caller.organizationId(), id(request)))
                .switchIfEmpty(unknown());
    }

    /** {@code PATCH /instances/{id}}. */
    Mono<ServerResponse> patch(ServerRequest request) {
        return change(request, (before, asked) -> draft(before, asked).patched(before, asked));
    }

    /** {@code PUT /instances/{id}}. */
    Mono<ServerResponse> put(ServerRequest request) {
        return change(request, (before, asked) -> draft(before, asked).replaced(before, asked));
    }

    private Draft draft(Instance before, InstanceRequest asked) {
        return new Draft(elements.of(before, asked));
    }

    private Mono<ServerResponse> change(
            ServerRequest request, BiFunction<Instance, InstanceRequest, InstanceSettings> change) {
        return ownInstance(request, instances)
                .zipWith(read(request))
                .flatMap(both -> provisioner.change(
                        both.getT1(),
                        before -> change.apply(before, both.getT2()),
                        both.getT2().code(),
                        answer.webhookUrls(request)))
                .switchIfEmpty(unknown())
                .flatMap(changed -> answer.provisioned(request, changed));
    }

    /** {@code DELETE /instances/{id}}. */
    Mono<ServerResponse> delete(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller -> provisioner.delete(caller.organizationId(), id(request)))
                .switchIfEmpty(unknown())
                .flatMap(deleted -> ServerResponse.ok().build());
    }

    private static long id(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("id"));
        } catch (NumberFormatException notANumber) {
            throw unknownInstance();
        }
    }

    private static <T> Mono<T> unknown() {
        return Mono.error(InstanceHandler::unknownInstance);
    }

    private static NotFoundException unknownInstance() {
        return new NotFoundException("Invalid Element Instance Id provided.");
    }
}
