package dev.sluice.gateway.account;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.error.Resource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes of organizations, of users and of what organizations have set. */
final class AccountRoutes {
    private static final String ORGANIZATIONS = "/elements/api-v2/organizations";
    private static final String ACCOUNTS = "/elements/api-v2/accounts";
    private static final String USERS = "/elements/api-v2/users";

    private AccountRoutes() {}

    static RouterFunction<ServerResponse> of(
            OrganizationHandler organizations, UserHandler users, SettingsHandler settings) {
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
                .and(Resource.at(USERS + "/{id}/secret").on(POST, users::rotate).route())
                .and(settings(ACCOUNTS + "/settings", settings))
                .and(settings(ACCOUNTS + "/{id}/settings", settings));
    }

    private static RouterFunction<ServerResponse> settings(String path, SettingsHandler settings) {
        return Resource.at(path)
                .on(GET, settings::get)
                .on(POST, settings::change)
                .on(PATCH, settings::change)
                .route();
    }
}
