package dev.sluice.gateway.notifications;

import dev.sluice.gateway.delivery.notification.Recipient;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.persistence.notification.DeliveryFilter;
import dev.sluice.persistence.notification.NotifiedInstance;
import dev.sluice.persistence.notification.NotifiedInstanceRepository;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The topics that a request names, each of which is an instance. */
final class Topics {
    /** At most 16 digits: an instance's number is below 2^53. */
    private static final Pattern FORM = Pattern.compile("instance-(\\d{1,16})-.+-events");

    private static final String EXPECTED = "topics such as instance-{id}-{element}-events";

    private final NotifiedInstanceRepository instances;

    Topics(NotifiedInstanceRepository instances) {
        this.instances = instances;
    }

    /**
     * Reads {@code topics[]}: repeated, or separated by commas.
     *
     * @throws BadRequestException when there is none, or there are more than 20
     */
    static List<String> of(ServerRequest request) {
        List<String> topics = Stream.of("topics[]", "topics")
                .flatMap(name -> request.queryParams().getOrDefault(name, List.of()).stream())
                .flatMap(given -> Stream.of(given.split(",", -1)))
                .map(String::strip)
                .filter(topic -> !topic.isEmpty())
                .distinct()
                .toList();
        if (topics.isEmpty()) {
            throw new BadRequestException("topics[]", "nothing", EXPECTED);
        }
        if (topics.size() > DeliveryFilter.INSTANCES_MAX) {
            throw new BadRequestException(
                    "topics[]", topics.size() + " topics", "at most " + DeliveryFilter.INSTANCES_MAX);
        }
        return topics;
    }

    /** Those of an organization's instances that have one of the topics. */
    Mono<List<Long>> instances(long organizationId, List<String> topics) {
        Set<Long> ids = topics.stream()
                .map(FORM::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .collect(Collectors.toSet());
        return instances
                .findAll(organizationId, ids)
                .filter(instance -> topics.contains(Recipient.topic(instance.id(), instance.elementKey())))
                .map(NotifiedInstance::id)
                .collectList();
    }
}
