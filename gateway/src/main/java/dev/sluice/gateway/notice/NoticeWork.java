package dev.sluice.gateway.notice;

import dev.sluice.gateway.delivery.egress.Answer;
import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.explanation.FailureWords;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.persistence.epoch.DatabaseClock;
import dev.sluice.persistence.notice.Notice;
import dev.sluice.persistence.notice.NoticeRepository;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tells organizations what waits to be told. */
final class NoticeWork {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeWork.class);
    private static final int AT_ONCE = 8;
    /** Longer than the longest timeout that a call may be given. */
    private static final Duration LEASE = Duration.ofMinutes(6);

    private final NoticeRepository notices;
    private final CallbackClient client;
    private final FailureWords words;
    private final RetrySchedule schedule;
    private final DatabaseClock clock;

    NoticeWork(
            NoticeRepository notices,
            CallbackClient client,
            FailureWords words,
            RetrySchedule schedule,
            DatabaseClock clock) {
        this.notices = notices;
        this.client = client;
        this.words = words;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** What is due to be told. */
    Flux<Notice> claimed() {
        return notices.claim(LEASE, AT_ONCE);
    }

    int atOnce() {
        return AT_ONCE;
    }

    /** Tells it once, and writes down what became of that. */
    Mono<Void> tell(Notice notice) {
        return Mono.fromSupplier(() -> URI.create(notice.target().url()))
                .flatMap(url -> post(url, notice))
                .onErrorResume(IllegalArgumentException.class, noUrl -> Mono.just("The URL is not understood."))
                .flatMap(problem -> problem.isEmpty() ? notices.delivered(notice) : failed(notice, problem));
    }

    /** Sends it; what went wrong, empty for nothing. */
    private Mono<String> post(URI url, Notice notice) {
        return client.post(url, () -> NoticeRequest.of(notice, clock.now()))
                .map(NoticeWork::problem)
                .onErrorResume(error -> Mono.just(words.of(url, error)));
    }

    /** What is wrong with an answer; empty for nothing. */
    private static String problem(Answer answer) {
        return answer.isSuccess() ? "" : "The receiver answered " + answer.status() + ".";
    }

    private Mono<Void> failed(Notice notice, String problem) {
        Duration wait = schedule.waitAfter(
                        notice.attempts() + 1,
                        notice.age(),
                        ThreadLocalRandom.current().nextDouble())
                .orElse(null);
        if (wait == null) {
            LOG.warn("Notice {} ({}) is given up: {}", notice.id(), notice.topic(), problem);
        }
        return notices.failed(notice, problem, wait);
    }
}
