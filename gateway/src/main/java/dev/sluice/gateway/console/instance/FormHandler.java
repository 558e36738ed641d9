package dev.sluice.gateway.console.instance;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Visitor;
import dev.sluice.gateway.error.RequestException;
import dev.sluice.gateway.provisioning.Draft;
import dev.sluice.gateway.provisioning.Provisioned;
import dev.sluice.gateway.provisioning.Provisioner;
import dev.sluice.gateway.provisioning.WebhookAddress;
import dev.sluice.normalizers.Element;
import dev.sluice.persistence.instance.Instance;
import java.util.Map;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Shows the form, and makes or changes an instance of what was typed into it. */
final class FormHandler {
    private static final String CREATE = "instances/create";
    private static final String EDIT = "instances/edit";

    private final Found found;
    private final Provisioner provisioner;
    private final WebhookAddress addresses;
    private final Pages pages;

    FormHandler(Found found, Provisioner provisioner, WebhookAddress addresses, Pages pages) {
        this.found = found;
        this.provisioner = provisioner;
        this.addresses = addresses;
        this.pages = pages;
    }

    /** {@code GET /console/elements/{key}/create}. */
    Mono<ServerResponse> blank(ServerRequest request) {
        return Mono.fromSupplier(() -> InstanceForm.empty(found.element(request)))
                .flatMap(form -> pages.show(request, CREATE, Map.of("form", form)));
    }

    /** {@code POST /console/elements/{key}/create}. */
    Mono<ServerResponse> create(ServerRequest request) {
        return request.formData().flatMap(form -> {
            Element element = found.element(request);
            FormInput input = FormInput.of(form, element);
            Map<String, String> problems = input.problems(element);
            return problems.isEmpty()
                    ? create(request, element, input)
                    : again(
                            request,
                            CREATE,
                            Map.of("form", InstanceForm.again(element, input, Set.of(), problems, "")));
        });
    }

    private Mono<ServerResponse> create(ServerRequest request, Element element, FormInput input) {
        return Visitor.of(request)
                .flatMap(visitor -> provisioner.create(
                        visitor.account(),
                        element,
                        new Draft(element)
                                .created(input.request(element.descriptor().key(), null)),
                        null,
                        instance -> addresses.of(instance, request)))
                .flatMap(created -> next(created, input, "created"))
                .onErrorResume(
                        RequestException.class,
                        refusal -> again(
                                request,
                                CREATE,
                                Map.of(
                                        "form",
                                        InstanceForm.again(element, input, Set.of(), Map.of(), refusal.getMessage()))));
    }

    private static Mono<ServerResponse> next(Provisioned made, FormInput input, String done) {
        String page = "/console/instances/" + made.instance().id();
        return Pages.goTo(input.connects() ? page + "/connect" : page + "?done=" + done);
    }

    /** {@code GET /console/instances/{id}/edit}. */
    Mono<ServerResponse> edit(ServerRequest request) {
        return found.instance(request)
                .flatMap(instance -> pages.show(
                        request, EDIT, shown(request, instance, InstanceForm.of(found.element(instance), instance))));
    }

    /** {@code POST /console/instances/{id}/edit}: what is shown replaces what was; a masked secret stays. */
    Mono<ServerResponse> update(ServerRequest request) {
        return found.instance(request).zipWith(request.formData()).flatMap(both -> {
            Element element = found.element(both.getT1());
            FormInput input = FormInput.of(both.getT2(), element);
            Map<String, String> problems = input.problems(element);
            return problems.isEmpty()
                    ? update(request, both.getT1(), element, input)
                    : again(
                            request,
                            EDIT,
                            shown(
                                    request,
                                    both.getT1(),
                                    InstanceForm.again(
                                            element, input, both.getT1().secretKeys(), problems, "")));
        });
    }

    private Mono<ServerResponse> update(ServerRequest request, Instance instance, Element element, FormInput input) {
        return provisioner
                .change(
                        instance,
                        before -> new Draft(element).patched(before, input.request(instance.elementKey(), null)),
                        null,
                        changed -> addresses.of(changed, request))
                .flatMap(changed -> next(changed, input, "updated"))
                .onErrorResume(
                        RequestException.class,
                        refusal -> again(
                                request,
                                EDIT,
                                shown(
                                        request,
                                        instance,
                                        InstanceForm.again(
                                                element,
                                                input,
                                                instance.secretKeys(),
                                                Map.of(),
                                                refusal.getMessage()))));
    }

    private Map<String, Object> shown(ServerRequest request, Instance instance, InstanceForm form) {
        return Map.of(
                "form",
                form,
                "id",
                instance.id(),
                "webhookUrl",
                addresses.of(instance, request),
                "signing",
                Signing.of(instance));
    }

    private Mono<ServerResponse> again(ServerRequest request, String template, Map<String, ?> shown) {
        return pages.show(request, HttpStatus.UNPROCESSABLE_CONTENT, template, shown);
    }
}
