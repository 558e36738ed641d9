package dev.sluice.gateway.notice;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import dev.sluice.gateway.delivery.egress.CallbackClient;
import dev.sluice.gateway.delivery.explanation.FailureWords;
import dev.sluice.gateway.delivery.retry.RetrySchedule;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.lifecycle.Loops;
import dev.sluice.gateway.lifecycle.RepeatedWork;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.epoch.Node;
import dev.sluice.persistence.notice.NoticeRepository;
import dev.sluice.persistence.secret.SecretCipher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The route by which organizations say where they want to be told, and the telling. */
@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {

    @Bean
    NoticeRepository noticeRepository(Database database, SecretCipher cipher) {
        return new NoticeRepository(database, cipher);
    }

    @Bean
    Loops noticeWork(
            NoticeRepository notices,
            CallbackClient client,
            FailureWords words,
            RetrySchedule usualSchedule,
            Node node) {
        NoticeWork work = new NoticeWork(notices, client, words, usualSchedule, node.clock());
        return RepeatedWork.loop("Telling organizations", work.claimed(), work::tell, work.atOnce());
    }

    @Bean
    RouterFunction<ServerResponse> noticeRoutes(NoticeRepository notices) {
        NoticeHandler handler = new NoticeHandler(notices);
        return Resource.at("/elements/api-v2/organizations/{id}/webhook")
                .on(GET, handler::get)
                .on(PUT, handler::set)
                .on(DELETE, handler::remove)
                .route();
    }
}
