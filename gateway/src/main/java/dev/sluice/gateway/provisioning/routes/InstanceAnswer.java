package dev.sluice.gateway.provisioning.routes;

import dev.sluice.gateway.provisioning.CursorToken;
import dev.sluice.gateway.provisioning.Provisioned;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.gateway.registration.Registrations;
import dev.sluice.gateway.request.Page;
import dev.sluice.normalizers.Element;
import dev.sluice.normalizers.Elements;
import dev.sluice.normalizers.SettingKeys;
import dev.sluice.persistence.account.Account;
import dev.sluice.persistence.account.AccountRepository;
import dev.sluice.persistence.instance.ElementCount;
import dev.sluice.persistence.instance.Instance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers with instances, each with its owner and its webhook URL. */
final class InstanceAnswer {
    private static final String INSTANCE_ID = "Elements-Element-Instance-Id";

    private final AccountRepository accounts;
    private final Registrations registrations;
    private final Elements elements;
    private final WebhookAddress addresses;

    InstanceAnswer(
            AccountRepository accounts, Registrations registrations, Elements elements, WebhookAddress addresses) {
        this.accounts = accounts;
        this.registrations = registrations;
        this.elements = elements;
        this.addresses = addresses;
    }

    Mono<ServerResponse> one(ServerRequest request, Instance instance) {
        return views(request, List.of(instance))
                .flatMap(views -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(INSTANCE_ID, String.valueOf(instance.id()))
                        .bodyValue(views.get(0)));
    }

    /** An instance that was just made or changed, with what came up meanwhile. */
    Mono<ServerResponse> provisioned(ServerRequest request, Provisioned provisioned) {
        Instance instance = provisioned.instance();
        return views(request, List.of(instance)).flatMap(views -> {
            provisioned.warnings().forEach(views.get(0).withArray("warnings")::add);
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .header(INSTANCE_ID, String.valueOf(instance.id()))
                    .bodyValue(views.get(0));
        });
    }

    /**
     * An instance's new signature key.
     *
     * @param key as it is shown: here for the only time, or masked for whoever has given it
     */
    Mono<ServerResponse> signatureKey(Instance instance, String key) {
        ObjectNode view = JsonMapper.shared().createObjectNode();
        view.put("id", instance.id());
        view.put("signatureKey", key);
        view.put(
                "previousKeyValidUntil",
                instance.configuration().get(SettingKeys.NOTIFICATION_SIGNATURE_KEY_PREVIOUS_UNTIL));
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(view);
    }

    /**
     * A page of a list.
     *
     * @param found the instances of the page, and one more when it is not the last
     */
    Mono<ServerResponse> page(ServerRequest request, List<Instance> found, int size) {
        List<Instance> page = found.subList(0, Math.min(size, found.size()));
        return views(request, page).flatMap(views -> {
            ServerResponse.BodyBuilder answer = ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .header(Page.RETURNED, String.valueOf(views.size()));
            if (found.size() > size) {
                answer.header(Page.NEXT, CursorToken.at(page.get(page.size() - 1)));
            }
            return answer.bodyValue(views);
        });
    }

    /** How many instances there are, in all and of each element that has any. */
    Mono<ServerResponse> count(List<ElementCount> counts) {
        ObjectNode view = JsonMapper.shared().createObjectNode();
        view.put(
                "totalInstances", counts.stream().mapToLong(ElementCount::count).sum());
        ArrayNode byElement = view.putArray("elementInstances");
        counts.forEach(each ->
                byElement.addObject().put("elementKey", each.elementKey()).put("count", each.count()));
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(view);
    }

    private Mono<List<ObjectNode>> views(ServerRequest request, List<Instance> instances) {
        Set<Long> owners = instances.stream().map(Instance::userId).collect(Collectors.toSet());
        List<Long> ids = instances.stream().map(Instance::id).toList();
        return Mono.zip(accounts.ofUsers(owners).collectMap(Account::userId), registrations.problems(ids))
                .map(both -> instances.stream()
                        .map(instance -> view(request, instance, both.getT1(), both.getT2()))
                        .toList());
    }

    private ObjectNode view(
            ServerRequest request, Instance instance, Map<Long, Account> owners, Map<Long, String> problems) {
        Element element = element(instance);
        String url = addresses.of(instance, request);
        ObjectNode view =
                InstanceView.of(instance, element, Objects.requireNonNull(owners.get(instance.userId())), url);
        String problem = problems.get(instance.id());
        if (problem != null) {
            view.withArray("warnings")
                    .add("The webhook does not stand at the provider as it should: " + problem
                            + ". It is tried again.");
        }
        if (!instance.configuration().containsKey(SettingKeys.SUBSCRIPTION_ID)) {
            element.setupSteps(url).forEach(view.putArray("nextSteps")::add);
        }
        return view;
    }

    /** Where providers send an instance's webhooks. */
    Function<Instance, String> webhookUrls(ServerRequest request) {
        return instance -> addresses.of(instance, request);
    }

    private Element element(Instance instance) {
        return elements.find(instance.elementKey())
                .orElseThrow(() -> new IllegalStateException("instance " + instance.id() + ": element "
                        + instance.elementKey() + " (expected: one of " + elements.keys() + ")"));
    }
}
