package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.BadRequestException;
import dev.sluice.gateway.error.ForbiddenException;
import dev.sluice.gateway.error.NotFoundException;
import dev.sluice.gateway.oauth.Clients;
import dev.sluice.gateway.provider.Provider;
import dev.sluice.gateway.provider.Providers;
import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.gateway.provisioning.InstanceRequest;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.normalizers.api.OAuthClient;
import dev.sluice.normalizers.api.OAuthFlow;
import dev.sluice.persistence.instance.Instance;
import dev.sluice.persistence.instance.InstanceRepository;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Sends the visitor to the provider to agree, and takes what the visitor comes back with. The state names the instance and
 * proves that the way began in this very session.
 */
final class ConnectHandler {
    static final String RETURN = "/console/oauth/return";

    private final Found found;
    private final InstanceRepository instances;
    private final Provisioner provisioner;
    private final Providers providers;
    private final WebhookAddress addresses;
    private final Pages pages;

    ConnectHandler(
            Found found,
            InstanceRepository instances,
            Provisioner provisioner,
            Providers providers,
            WebhookAddress addresses,
            Pages pages) {
        this.found = found;
        this.instances = instances;
        this.provisioner = provisioner;
        this.providers = providers;
        this.addresses = addresses;
        this.pages = pages;
    }

    /** {@code GET /console/instances/{id}/connect}: a link, because a form may lead nowhere but here. */
    Mono<ServerResponse> connect(ServerRequest request) {
        return Visitor.of(request)
                .zipWith(found.instance(request))
                .flatMap(both -> pages.show(request, "instances/connect", shown(request, both.getT1(), both.getT2())));
    }

    private Map<String, Object> shown(ServerRequest request, Visitor visitor, Instance instance) {
        Provider provider = providers.of(found.element(instance));
        OAuthFlow flow = provider.oauth()
                .orElseThrow(() -> new NotFoundException(provider.name() + " needs no connection by OAuth."));
        Map<String, String> set = instance.configuration();
        OAuthClient client = new OAuthClient(
                set.getOrDefault(SettingKeys.OAUTH_API_KEY, ""),
                "",
                returnUrl(request),
                set.getOrDefault(SettingKeys.OAUTH_SCOPE, Clients.usualScope(provider.element())));
        return Map.of(
                "instance",
                InstanceCard.of(instance, provider.element()),
                "provider",
                provider.name(),
                "ready",
                !client.id().isEmpty() && set.containsKey(SettingKeys.OAUTH_API_SECRET),
                "returnUrl",
                returnUrl(request),
                "authorizeUrl",
                flow.authorizeUrl(client, visitor.stateOf(instance.id())));
    }

    private String returnUrl(ServerRequest request) {
        return addresses.base(request) + RETURN;
    }

    /** {@code GET /console/oauth/return}: with a code, or with why there is none. */
    Mono<ServerResponse> comeBack(ServerRequest request) {
        return Visitor.of(request).flatMap(visitor -> {
            String state = request.queryParam("state").orElse("");
            if (!visitor.made(state)) {
                throw new ForbiddenException(
                        "This way back did not begin in this session. Connect the instance again.");
            }
            String code = request.queryParam("code")
                    .filter(text -> !text.isBlank())
                    .orElseThrow(() -> new BadRequestException("The provider sent no access: "
                            + request.queryParam("error_description")
                                    .or(() -> request.queryParam("error"))
                                    .orElse("it did not say why")));
            return exchange(request, visitor, Long.parseLong(state.substring(0, state.indexOf('.'))), code);
        });
    }

    private Mono<ServerResponse> exchange(ServerRequest request, Visitor visitor, long id, String code) {
        InstanceRequest asked =
                new InstanceRequest(null, null, null, Map.of(SettingKeys.OAUTH_CALLBACK_URL, returnUrl(request)), code);
        return instances
                .find(visitor.organizationId(), id)
                .switchIfEmpty(Mono.error(() -> new NotFoundException("There is no such instance.")))
                .flatMap(instance -> provisioner.change(
                        instance,
                        before -> new Draft(found.element(before)).patched(before, asked),
                        code,
                        changed -> addresses.of(changed, request)))
                .flatMap(changed -> Pages.goTo("/console/instances/" + id + "?done=connected"));
    }
}
