package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.catalog.RequestedElement;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * Which instance a request is about: the one whose {@code id} is in the path, else the one whose token is in
 * {@code Authorization}. Another organization's is answered like one that does not exist.
 */
public final class RequestedInstance {
    private final InstanceRepository instances;
    private final RequestedElement elements;

    RequestedInstance(InstanceRepository instances, RequestedElement elements) {
        this.instances = instances;
        this.elements = elements;
    }

    /** An instance as its repository asks for it; nothing says yet that it exists. */
    record Target(long organizationId, long id) {}

    /**
     * The caller's instance.
     *
     * @return errors 404 when there is none, 400 when neither path nor {@code Authorization} names one
     */
    public Mono<Instance> find(ServerRequest request) {
        return target(request)
                .flatMap(target -> instances.find(target.organizationId(), target.id()))
                .switchIfEmpty(unknown());
    }

    /** Where to look for it; errors like {@link #find}, but a 404 may be left to the one who looks there. */
    Mono<Target> target(ServerRequest request) {
        return Caller.of(request).flatMap(caller -> {
            Target target = new Target(caller.organizationId(), id(request, caller));
            return elements.inPath(request)
                    .map(element -> ofElement(element, target))
                    .orElseGet(() -> Mono.just(target));
        });
    }

    private static long id(ServerRequest request, Caller caller) {
        String inPath = request.pathVariables().get("id");
        if (inPath != null) {
            return parse(inPath);
        }
        return Optional.ofNullable(caller.instance())
                .map(Instance::id)
                .orElseThrow(() -> new BadRequestException(
                        "Authorization",
                        "no Element token",
                        "User …, Organization …, Element <token of the instance>"));
    }

    private static long parse(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException notANumber) {
            throw unknownInstance();
        }
    }

    private Mono<Target> ofElement(Element element, Target target) {
        return instances
                .find(target.organizationId(), target.id())
                .filter(instance ->
                        instance.elementKey().equals(element.descriptor().key()))
                .map(instance -> target)
                .switchIfEmpty(unknown());
    }

    static <T> Mono<T> unknown() {
        return Mono.error(RequestedInstance::unknownInstance);
    }

    private static NotFoundException unknownInstance() {
        return new NotFoundException("Invalid Element Instance Id provided.");
    }
}
