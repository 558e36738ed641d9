package dev.sluice.gateway.provisioning;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.instance.Instance;
import java.util.Optional;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Which element a request is about: by its key or the original's number, in the path or in the body. */
final class RequestedElement {
    private static final String FIELD = "element.key";

    private final Elements elements;

    RequestedElement(Elements elements) {
        this.elements = elements;
    }

    /** The element that the path names; empty when it names none. */
    Optional<Element> inPath(ServerRequest request) {
        return Optional.ofNullable(request.pathVariables().get("keyOrId"))
                .map(keyOrId -> elements.findByKeyOrId(keyOrId)
                        .orElseThrow(() -> new NotFoundException("element: unknown (expected: " + known() + ")")));
    }

    /** The element of a new instance. */
    Element of(ServerRequest request, InstanceRequest asked) {
        Optional<Element> inPath = inPath(request);
        Optional<Element> inBody = inBody(asked);
        if (inPath.isPresent() && inBody.isPresent() && !inPath.equals(inBody)) {
            throw new BadRequestException(FIELD, "another element than in the path", "the same, or none");
        }
        return inPath.or(() -> inBody).orElseThrow(() -> new BadRequestException(FIELD, "missing", known()));
    }

    /** The element of an instance that is there, which a request may repeat and cannot change. */
    Element of(Instance instance, InstanceRequest asked) {
        Element element = elements.find(instance.elementKey()).orElseThrow();
        if (inBody(asked).filter(named -> !named.equals(element)).isPresent()) {
            throw new BadRequestException(FIELD, "another element", instance.elementKey() + ", which cannot change");
        }
        return element;
    }

    private Optional<Element> inBody(InstanceRequest asked) {
        return Optional.ofNullable(asked.element())
                .map(keyOrId -> elements.findByKeyOrId(keyOrId)
                        .orElseThrow(() -> new BadRequestException(FIELD, "unknown", known())));
    }

    private String known() {
        return "one of " + String.join(", ", elements.keys());
    }
}
