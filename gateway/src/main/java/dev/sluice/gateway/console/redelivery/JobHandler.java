package dev.sluice.gateway.console.redelivery;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.redelivery.RedeliveryJob;
import dev.sluice.persistence.redelivery.RedeliveryJobRepository;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows how far orders have come, and stops one. */
final class JobHandler {
    private static final int SIZE = 25;

    private final InstanceRepository instances;
    private final RedeliveryJobRepository jobs;
    private final Pages pages;

    JobHandler(InstanceRepository instances, RedeliveryJobRepository jobs, Pages pages) {
        this.instances = instances;
        this.jobs = jobs;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}/redeliveries}: the newest first; {@code after} goes on. */
    Mono<ServerResponse> list(ServerRequest request) {
        Long after = request.queryParam("after").map(JobHandler::number).orElse(null);
        return instance(request)
                .flatMap(instance -> jobs.ofInstance(instance.id(), after, SIZE + 1)
                        .map(JobView::of)
                        .collectList()
                        .flatMap(found -> pages.show(request, "redeliveries/list", shown(instance, found))));
    }

    private static Map<String, Object> shown(Instance instance, List<JobView> found) {
        List<JobView> page = found.subList(0, Math.min(SIZE, found.size()));
        return Map.of(
                "instance",
                instance.name(),
                "instanceId",
                instance.id(),
                "jobs",
                page,
                "next",
                found.size() > SIZE ? "?after=" + page.get(SIZE - 1).id() : "");
    }

    /** {@code GET /console/instances/{id}/redeliveries/{jobId}}. */
    Mono<ServerResponse> show(ServerRequest request) {
        return show(request, null);
    }

    /** {@code GET /console/instances/{id}/redeliveries/{jobId}/progress}: that part alone, which asks again while it goes on. */
    Mono<ServerResponse> progress(ServerRequest request) {
        return show(request, "progress");
    }

    private Mono<ServerResponse> show(ServerRequest request, @Nullable String part) {
        return instance(request)
                .flatMap(instance -> job(request, id -> jobs.find(instance.id(), id))
                        .map(job -> Map.<String, Object>of(
                                "instance", instance.name(), "instanceId", instance.id(), "job", JobView.of(job)))
                        .flatMap(shown -> part == null
                                ? pages.show(request, "redeliveries/show", shown)
                                : pages.part(request, "redeliveries/show", part, shown)));
    }

    /** {@code POST /console/instances/{id}/redeliveries/{jobId}/cancel}: what is owed again already stays owed. */
    Mono<ServerResponse> cancel(ServerRequest request) {
        return instance(request)
                .flatMap(instance -> job(request, id -> jobs.cancel(instance.id(), id)))
                .flatMap(job -> Pages.goTo("/console/instances/" + job.instanceId() + "/redeliveries/" + job.id()));
    }

    private static Mono<RedeliveryJob> job(ServerRequest request, Function<Long, Mono<RedeliveryJob>> find) {
        return find.apply(number(request.pathVariable("jobId"))).switchIfEmpty(Mono.error(JobHandler::unknown));
    }

    private Mono<Instance> instance(ServerRequest request) {
        return Visitor.of(request)
                .flatMap(visitor -> instances.find(visitor.organizationId(), number(request.pathVariable("id"))))
                .switchIfEmpty(Mono.error(JobHandler::unknown));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw unknown();
        }
    }

    private static NotFoundException unknown() {
        return new NotFoundException("There is no such order to send events again.");
    }
}
