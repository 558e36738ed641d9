package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.request.PlainText;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.InstanceFilter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Which instances a request wants listed: {@code tags[]}, {@code searchText}, and the element in the path. */
final class InstanceQuery {
    private static final int TAGS_MAX = 20;

    private InstanceQuery() {}

    static InstanceFilter filter(ServerRequest request, Optional<Element> inPath) {
        List<String> tags = Stream.of("tags[]", "tags")
                .flatMap(name -> request.queryParams().getOrDefault(name, List.of()).stream())
                .filter(tag -> !tag.isBlank())
                .map(tag -> PlainText.of("tags[]", tag))
                .distinct()
                .toList();
        if (tags.size() > TAGS_MAX) {
            throw new BadRequestException("tags[]", tags.size() + " tags", "at most " + TAGS_MAX);
        }
        return new InstanceFilter(
                inPath.map(element -> element.descriptor().key()).orElse(null),
                tags,
                request.queryParam("searchText")
                        .filter(text -> !text.isBlank())
                        .map(text -> PlainText.of("searchText", text))
                        .orElse(null));
    }
}
