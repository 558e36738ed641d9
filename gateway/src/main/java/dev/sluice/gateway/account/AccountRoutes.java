package dev.sluice.gateway.account;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.error.Resource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes of organizations and users. */
final class AccountRoutes {
    private static final String ORGANIZATIONS = "/elements/api-v2/organizations";
    private static final String USERS = "/elements/api-v2/users";

    private AccountRoutes() {}

    static RouterFunction<ServerResponse> of(OrganizationHandler organizations, UserHandler users) {
        return Resource.at(ORGANIZATIONS)
                .on(GET, organizations::list)
                .on(POST, organizations::create)
                .route()
                .and(Resource.at(ORGANIZATIONS + "/{id}/secret")
                        .on(POST, organizations::rotate)
                        .route())
                .and(Resource.at(USERS)
                        .on(GET, users::list)
                        .on(POST, users::create)
                        .route())
                .and(Resource.at(USERS + "/{id}/secret").on(POST, users::rotate).route());
    }
}
