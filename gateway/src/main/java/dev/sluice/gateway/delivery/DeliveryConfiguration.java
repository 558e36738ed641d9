package dev.sluice.gateway.delivery;

import dev.sluice.gateway.delivery.attempt.OpenAttempts;
import dev.sluice.gateway.delivery.egress.AddressGuard;
import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.egress.EgressLimits;
import dev.sluice.gateway.delivery.egress.LaneLimits;
import dev.sluice.gateway.delivery.egress.Lanes;
import dev.sluice.gateway.delivery.explanation.FailureWords;
import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.gateway.figures.FigureBook;
import dev.sluice.gateway.lifecycle.LifecyclePhases;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.Shutdown;
import dev.sluice.gateway.tracing.Traces;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.delivery.ExpiryRepository;
import dev.sluice.persistence.delivery.LineRepository;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.delivery.OwedDeliveryRepository;
import dev.sluice.persistence.endpoint.BreakerPause;
import dev.sluice.persistence.endpoint.BreakerRepository;
import dev.sluice.persistence.endpoint.ParkedRepository;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.InstanceCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.netty.http.HttpResources;

/** Puts the parts of deliveries together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliverySettings.class)
class DeliveryConfiguration {
    /** A first attempt that has not ended so long after its commit leaves memory. */
    private static final Duration FIRST_ATTEMPT_MAX = Duration.ofSeconds(30);

    /** So many endpoints that hang have to come together to take all of the memory that others wait in. */
    private static final int LANES_THAT_FILL_MEMORY = 16;

    private static final Duration PATIENCE_MIN = Duration.ofSeconds(1);

    /** How often is looked for those who have waited too long on their lanes. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private static final Duration DRAIN_BEYOND_TIMEOUT = Duration.ofSeconds(2);

    /** What writing the last outcomes may take. */
    private static final Duration FOR_THE_LOGS = Duration.ofSeconds(3);

    @Bean
    Lanes lanes(DeliverySettings settings) {
        return new Lanes(new LaneLimits(
                settings.concurrency(),
                settings.waiting(),
                settings.memoryBytes() / LANES_THAT_FILL_MEMORY,
                patience(settings.timeout()),
                settings.breakerOpen()));
    }

    /** Who has waited for so long could not end in time any more. */
    private static Duration patience(Duration timeout) {
        Duration left = FIRST_ATTEMPT_MAX.minus(timeout);
        return left.compareTo(PATIENCE_MIN) < 0 ? PATIENCE_MIN : left;
    }

    @Bean
    EgressLimits egressLimits(DeliverySettings settings) {
        return new EgressLimits(settings.timeout(), settings.connectTimeout(), settings.connections());
    }

    @Bean
    CallbackClient callbackClient(EgressLimits limits, DeliverySettings settings) {
        return new CallbackClient(limits, new AddressGuard(settings.allowedNetworks()));
    }

    @Bean
    FailureWords failureWords(EgressLimits limits) {
        return new FailureWords(limits);
    }

    @Bean
    Courier.Calls calls(CallbackClient client, FailureWords words) {
        return new Courier.Calls(client, words);
    }

    @Bean
    InHand inHand(Node node, DeliverySettings settings, OutcomeLog outcomes) {
        Background background = new Background(HttpResources.get().onClient(true));
        return new InHand(node, background, settings.memoryBytes(), outcomes::hasRoom);
    }

    @Bean
    RetrySchedule usualSchedule(DeliverySettings settings) {
        return RetrySchedule.parse(settings.retry().schedule());
    }

    @Bean
    Destinations destinations(InstanceCache instances, Lanes lanes, RetrySchedule usualSchedule) {
        return new Destinations(instances, lanes, usualSchedule);
    }

    @Bean
    DueNow dueNow() {
        return new DueNow();
    }

    @Bean
    OpenAttempts openAttempts(DeliverySettings settings) {
        return new OpenAttempts(new Leases(settings.timeout()).lease(), System::nanoTime);
    }

    @Bean
    Settlement settlement(
            OutcomeLog outcomes,
            Node node,
            MeterRegistry registry,
            DueNow dueNow,
            OpenAttempts open,
            FigureBook figures) {
        return new Settlement(outcomes, node.clock(), new DeliveryMeters(registry), dueNow, open, figures);
    }

    @Bean
    BreakerRepository breakerRepository(Database database, DeliverySettings settings) {
        return new BreakerRepository(database, new BreakerPause(settings.breakerOpen(), settings.breakerOpenMax()));
    }

    @Bean
    EndpointHealth endpointHealth(EndpointRepository endpoints, BreakerRepository breakers, Lanes lanes) {
        return new EndpointHealth(endpoints, breakers, lanes);
    }

    @Bean
    Courier.Witnesses witnesses(OpenAttempts open, Traces traces) {
        return new Courier.Witnesses(open, traces);
    }

    @Bean
    Courier courier(
            Courier.Calls calls,
            EndpointHealth health,
            Settlement settlement,
            InHand inHand,
            Node node,
            Courier.Witnesses witnesses) {
        return new Courier(calls, health, settlement, inHand, node.clock(), witnesses);
    }

    @Bean
    Contents contents(Elements elements) {
        return new Contents(elements);
    }

    @Bean
    Dispatcher dispatcher(
            Destinations destinations,
            Lanes lanes,
            Courier courier,
            Settlement settlement,
            InHand inHand,
            Contents contents) {
        return new Dispatcher(destinations, lanes, courier, settlement, inHand, contents);
    }

    @Bean
    Redelivery redelivery(
            Database database,
            Destinations destinations,
            Courier courier,
            Settlement settlement,
            InHand inHand,
            Contents contents) {
        return new Redelivery(new EventRepository(database), destinations, courier, settlement, inHand, contents);
    }

    @Bean
    OwedLoop owedLoop(
            Database database,
            DueNow dueNow,
            Redelivery redelivery,
            Lanes lanes,
            InHand inHand,
            DeliverySettings settings) {
        return new OwedLoop(
                new OwedLoop.Queues(
                        new OwedDeliveryRepository(database),
                        new LineRepository(database),
                        new ParkedRepository(database)),
                dueNow,
                redelivery,
                lanes,
                inHand,
                new Leases(settings.timeout()));
    }

    @Bean
    Expiry expiry(Database database, Settlement settlement, DeliverySettings settings) {
        return new Expiry(new ExpiryRepository(database), settlement, new Leases(settings.timeout()));
    }

    @Bean
    BreakerLoop breakerLoop(
            Database database,
            BreakerRepository breakers,
            Redelivery redelivery,
            Lanes lanes,
            InHand inHand,
            DeliverySettings settings) {
        return new BreakerLoop(
                breakers,
                new ParkedRepository(database),
                new OwedDeliveryRepository(database),
                redelivery,
                lanes,
                new BreakerLoop.Limits(inHand, new Leases(settings.timeout())));
    }

    /** A stop waits for calls under way as long as one may take, unless too little of its own time is left. */
    @Bean
    Supplier<Duration> drainMax(Shutdown shutdown, DeliverySettings settings) {
        return () -> shutdown.atMost(settings.timeout().plus(DRAIN_BEYOND_TIMEOUT), FOR_THE_LOGS);
    }

    @Bean
    Drain drain(Lanes lanes, InHand inHand, CallbackClient client, Supplier<Duration> drainMax) {
        return new Drain(lanes, inHand, client, drainMax);
    }

    @Bean
    Loops deliveryLoops(OwedLoop owed, BreakerLoop breakers, Lanes lanes, Drain drain) {
        Flux<Long> sweep = Flux.interval(SWEEP).doOnNext(tick -> lanes.expireWaiting());
        return new Loops(LifecyclePhases.DELIVERY, List.of(owed.run(), breakers.run(), sweep), drain.run());
    }
}
