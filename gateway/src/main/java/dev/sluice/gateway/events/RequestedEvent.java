package dev.sluice.gateway.events;

import dev.sluice.gateway.account.Caller;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.persistence.eventlog.EventId;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Which instance and which event a request names: only what is the caller's is there. */
public final class RequestedEvent {
    private final InstanceRepository instances;
    private final WebhookAddress addresses;

    RequestedEvent(InstanceRepository instances, WebhookAddress addresses) {
        this.instances = instances;
        this.addresses = addresses;
    }

    /** The instance whose events are asked for, if it is the caller's. An event's id names its instance. */
    public Mono<Instance> instance(ServerRequest request) {
        return Caller.of(request)
                .flatMap(caller -> instances.find(caller.organizationId(), instanceId(request)))
                .switchIfEmpty(Mono.error(RequestedEvent::unknownInstance));
    }

    private static long instanceId(ServerRequest request) {
        String inPath = request.pathVariables().get("id");
        if (inPath == null) {
            return eventId(request).instanceId();
        }
        try {
            return Long.parseLong(inPath);
        } catch (NumberFormatException notANumber) {
            throw unknownInstance();
        }
    }

    /** The event's id as the path has it, which is one of the path's instance. */
    public static EventId eventId(ServerRequest request) {
        String instance = request.pathVariables().get("id");
        return EventId.parse(request.pathVariable("eventId"))
                .filter(event -> instance == null || instance.equals(String.valueOf(event.instanceId())))
                .orElseThrow(RequestedEvent::unknownEvent);
    }

    private static NotFoundException unknownInstance() {
        return new NotFoundException("Invalid Element Instance Id provided.");
    }

    /** 404: there is no such event, or retention has taken it. */
    public static NotFoundException unknownEvent() {
        return new NotFoundException("No event found with that id.");
    }

    /** Begins an answer about an instance, which says where its webhooks go. */
    ServerResponse.BodyBuilder answer(ServerRequest request, Instance instance) {
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Elements-Encoded-Id", WebhookAddress.encodedId(instance.id()))
                .header("Elements-Webhook-Url", addresses.of(instance, request));
    }
}
