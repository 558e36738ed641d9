package dev.sluice.gateway.console.session;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.POST;

import dev.sluice.gateway.error.Resource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Signing in, which everybody may try, and out. */
final class SignInRoutes {
    static final String PATH = "/console/sign-in";

    private SignInRoutes() {}

    static RouterFunction<ServerResponse> of(SignInHandler handler, Guard guard) {
        return Resource.at(PATH)
                .on(GET, handler::form)
                .on(POST, handler::signIn)
                .route()
                .and(Resource.at(PATH + "/{once}").on(GET, handler::byLink).route())
                .and(Resource.at("/console/sign-out")
                        .on(POST, handler::signOut)
                        .route()
                        .and(Resource.at("/console/sign-out-everywhere")
                                .on(POST, handler::signOutEverywhere)
                                .route())
                        .filter(guard));
    }
}
