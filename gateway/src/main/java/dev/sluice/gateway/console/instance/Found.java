package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Finds what a path names, among what the visitor may see; another organization's is answered like one that is not. */
final class Found {
    private final InstanceRepository instances;
    private final Elements elements;

    Found(InstanceRepository instances, Elements elements) {
        this.instances = instances;
        this.elements = elements;
    }

    /** The visitor's instance of {@code {id}}; errors 404 when there is none. */
    Mono<Instance> instance(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> instances.find(visitor.organizationId(), id(request)))
                .switchIfEmpty(Mono.error(() -> new NotFoundException("There is no such instance.")));
    }

    static long id(ServerRequest request) {
        try {
            return Long.parseLong(request.pathVariable("id"));
        } catch (NumberFormatException noNumber) {
            throw new NotFoundException("There is no such instance.");
        }
    }

    /** The element of {@code {key}}; throws 404 when there is none. */
    Element element(ServerRequest request) {
        return elements.find(request.pathVariable("key"))
                .orElseThrow(() -> new NotFoundException("There is no such element."));
    }

    /** The instance's own. */
    Element element(Instance instance) {
        return elements.find(instance.elementKey()).orElseThrow();
    }
}
