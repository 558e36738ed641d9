package dev.sluice.gateway.lifecycle;

import dev.sluice.gateway.lifecycle.storage.NodeIdentity;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.connection.Partitions;
import dev.sluice.persistence.delivery.OutcomeLog;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.eventlog.CommittedEvent;
import dev.sluice.persistence.eventlog.EventLog;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The logs, and when each begins and ends. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LogSettings.class)
class LogConfiguration {
    /** By then all requests are answered, so there is nothing left to write. */
    private static final Duration LAST_EVENTS = Duration.ofMillis(500);

    @Bean(destroyMethod = "")
    Node node(Database database, NodeIdentity identity) {
        return new Node(database, identity.value());
    }

    /** @param committed whom every committed event is handed to: delivery */
    @Bean(destroyMethod = "")
    EventLog eventLog(Node node, LogSettings settings, Consumer<CommittedEvent> committed) {
        EventLog log = new EventLog(
                node, settings.dedupe().window(), committed, settings.log().writers());
        node.onSilence(log::failImpatient);
        return log;
    }

    @Bean(destroyMethod = "")
    OutcomeLog outcomeLog(Node node) {
        return new OutcomeLog(node);
    }

    @Bean
    Stage epochStage(Database database, Node node, LogSettings settings) {
        PartitionKeeper partitions =
                new PartitionKeeper(new Partitions(database), settings.dedupe().window());
        return new Stage(
                LifecyclePhases.EPOCH,
                () -> {
                    partitions.start();
                    node.start().block(Stage.START_MAX);
                },
                () -> {
                    node.close();
                    partitions.close();
                });
    }

    @Bean
    Stage eventLogStage(EventLog log, Shutdown shutdown) {
        return new Stage(LifecyclePhases.EVENT_LOG, log::start, () -> {
            log.flushed()
                    .timeout(shutdown.atMost(Stage.FLUSH_MAX, Duration.ZERO))
                    .onErrorComplete()
                    .block();
            log.close();
        });
    }

    @Bean
    Stage outcomeStage(OutcomeLog log, Shutdown shutdown) {
        return new Stage(LifecyclePhases.OUTCOMES, log::start, () -> {
            log.flushed()
                    .timeout(shutdown.atMost(Stage.FLUSH_MAX, LAST_EVENTS))
                    .onErrorComplete()
                    .block();
            log.close();
        });
    }
}
