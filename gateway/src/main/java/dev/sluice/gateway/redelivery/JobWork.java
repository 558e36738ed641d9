package dev.sluice.gateway.redelivery;

import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.redelivery.Portion;
import dev.sluice.persistence.redelivery.RedeliveryJob;
import dev.sluice.persistence.redelivery.RedeliveryJobRepository;
import dev.sluice.persistence.redelivery.RedeliveryScan;
import java.time.Duration;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One claim's worth of a job: a second's events made owed again, then the job's place is written down. */
final class JobWork {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int JOBS_AT_ONCE = 4;
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Where a filter lets little through, so many portions are looked at before the place is written down. */
    private static final int PORTIONS_MAX = 20;

    private final RedeliveryJobRepository jobs;
    private final RedeliveryScan scan;
    private final InstanceRepository instances;
    private final Redeliverer redeliverer;
    private final int eventsMax;

    JobWork(
            RedeliveryJobRepository jobs,
            RedeliveryScan scan,
            InstanceRepository instances,
            Redeliverer redeliverer,
            int eventsMax) {
        this.jobs = jobs;
        this.scan = scan;
        this.instances = instances;
        this.redeliverer = redeliverer;
        this.eventsMax = eventsMax;
    }

    /** Jobs that may go on now. */
    Flux<RedeliveryJob> claimed() {
        return jobs.claim(LEASE, JOBS_AT_ONCE);
    }

    int atOnce() {
        return JOBS_AT_ONCE;
    }

    /** Goes on with a claimed job. A deleted instance's job is over. */
    Mono<Void> goOn(RedeliveryJob job) {
        return instances
                .find(job.instanceId())
                .flatMap(instance -> portion(job, instance))
                .switchIfEmpty(Mono.defer(() -> jobs.moveOn(job, job.after(), true, 0, 0, Duration.ZERO)))
                .then();
    }

    private Mono<Boolean> portion(RedeliveryJob job, Instance instance) {
        return next(job, job.after(), PORTIONS_MAX)
                .flatMap(portion -> again(instance, portion).flatMap(deliveries -> {
                    Duration wait = portion.events().isEmpty() ? Duration.ZERO : SECOND;
                    return jobs.moveOn(
                            job, portion.end(), portion.last(), portion.events().size(), deliveries, wait);
                }));
    }

    private Mono<Portion> next(RedeliveryJob job, UUID after, int portionsLeft) {
        return scan.next(job, after, eventsMax)
                .flatMap(portion -> portion.events().isEmpty() && !portion.last() && portionsLeft > 1
                        ? next(job, portion.end(), portionsLeft - 1)
                        : Mono.just(portion));
    }

    /** How many deliveries were made again. */
    private Mono<Integer> again(Instance instance, Portion portion) {
        return Flux.fromIterable(portion.events())
                .flatMap(event -> redeliverer.again(instance, event), JOBS_AT_ONCE)
                .filter(Redeliverer.Asked::again)
                .count()
                .map(Math::toIntExact);
    }
}
