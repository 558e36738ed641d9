package dev.sluice.gateway.figures;

import dev.sluice.gateway.lifecycle.LifecyclePhases;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.endpoint.EndpointHistory;
import dev.sluice.persistence.figures.FigureRepository;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The figures, and when they are written. */
@Configuration(proxyBeanMethods = false)
class FigureConfiguration {
    private static final Duration LAST_MAX = Duration.ofSeconds(1);

    @Bean
    FigureBook figureBook(Database database) {
        return new FigureBook(new FigureRepository(database), new EndpointHistory(database));
    }

    /** From before deliveries begin until they have ended, and then once more. */
    @Bean
    Loops figureLoop(FigureBook book) {
        return new Loops(
                LifecyclePhases.OUTCOMES,
                List.of(book.run()),
                book.write().timeout(LAST_MAX).onErrorComplete());
    }
}
