package dev.sluice.gateway.notifications;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PUT;

import dev.sluice.gateway.delivery.notification.Contents;
import dev.sluice.gateway.error.Resource;
import dev.sluice.gateway.redelivery.Redeliverer;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.connection.Database;
import dev.sluice.persistence.endpoint.QueueRepository;
import dev.sluice.persistence.eventlog.EventRepository;
import dev.sluice.persistence.instance.EndpointRepository;
import dev.sluice.persistence.instance.InstanceRepository;
import dev.sluice.persistence.notification.AcknowledgementRepository;
import dev.sluice.persistence.notification.DeliveryList;
import dev.sluice.persistence.notification.NotifiedInstanceRepository;
import dev.sluice.persistence.notification.SubscriptionRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes of notifications, subscriptions and deliveries. */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
    private static final String NOTIFICATIONS = "/elements/api-v2/notifications";

    @Bean
    SubscriptionRepository subscriptionRepository(Database database) {
        return new SubscriptionRepository(database, SettingKeys.EVENTS_ENABLED);
    }

    @Bean
    DeliveryList deliveryList(Database database) {
        return new DeliveryList(database);
    }

    @Bean
    NotifiedInstanceRepository notifiedInstanceRepository(Database database) {
        return new NotifiedInstanceRepository(database);
    }

    @Bean
    AcknowledgementRepository acknowledgementRepository(Database database) {
        return new AcknowledgementRepository(database);
    }

    @Bean
    NotificationReader notificationReader(
            Database database,
            NotifiedInstanceRepository instances,
            AcknowledgementRepository acknowledgements,
            Contents contents) {
        return new NotificationReader(instances, new EventRepository(database), acknowledgements, contents);
    }

    @Bean
    SubscriptionHandler subscriptionHandler(
            Database database, InstanceRepository instances, SubscriptionRepository subscriptions) {
        return new SubscriptionHandler(subscriptions, new Unsubscriber(instances, new QueueRepository(database)));
    }

    @Bean
    NotificationHandler notificationHandler(
            NotifiedInstanceRepository instances,
            DeliveryList list,
            NotificationReader reader,
            AcknowledgementRepository acknowledgements) {
        return new NotificationHandler(
                new RequestedNotification(list), new Topics(instances), list, reader, acknowledgements);
    }

    @Bean
    DeliveryHandler deliveryHandler(
            Database database,
            EndpointRepository endpoints,
            SubscriptionRepository subscriptions,
            DeliveryList list,
            NotificationReader reader,
            Redeliverer redeliverer) {
        DeliverySearch search = new DeliverySearch(subscriptions, list);
        Release release =
                new Release(subscriptions, endpoints, new QueueRepository(database), search, list, redeliverer);
        return new DeliveryHandler(
                new RequestedNotification(list), search, list, release, new DeliveryAnswer(reader, subscriptions));
    }

    /** Those with a word come before those with an id, which would take the word for one. */
    @Bean
    RouterFunction<ServerResponse> notificationRoutes(
            NotificationHandler notifications, SubscriptionHandler subscriptions, DeliveryHandler deliveries) {
        return Resource.at(NOTIFICATIONS)
                .on(GET, notifications::list)
                .route()
                .and(Resource.at(NOTIFICATIONS + "/subscriptions")
                        .on(GET, subscriptions::list)
                        .route())
                .and(Resource.at(NOTIFICATIONS + "/subscriptions/deliveries")
                        .on(GET, deliveries::list)
                        .on(PUT, deliveries::send)
                        .route())
                .and(Resource.at(NOTIFICATIONS + "/subscriptions/{sid}")
                        .on(GET, subscriptions::get)
                        .on(DELETE, subscriptions::delete)
                        .route())
                .and(Resource.at(NOTIFICATIONS + "/{nid}")
                        .on(GET, notifications::get)
                        .route())
                .and(Resource.at(NOTIFICATIONS + "/{nid}/acknowledge")
                        .on(PUT, notifications::acknowledge)
                        .route())
                .and(Resource.at(NOTIFICATIONS + "/{nid}/subscriptions/deliveries")
                        .on(GET, deliveries::ofNotification)
                        .route())
                .and(Resource.at(NOTIFICATIONS + "/{nid}/subscriptions/{sid}/deliveries")
                        .on(GET, deliveries::one)
                        .route());
    }
}
