/**
 * How the console's pages are made: templates, the policy they are sent with, their styles and scripts.
 *
 * <p>A page is a template below {@code templates/console}, a handler that gathers what it shows in records of texts and
 * numbers, and a route in its package's table, which {@link dev.sluice.gateway.console.session.Guard} lets pass for who is
 * signed in:
 *
 * <pre>{@code
 * Mono<ServerResponse> list(ServerRequest request) {
 *     return Visitor.of(request).flatMap(visitor -> pages.show(request, "things/list", Map.of("things", …)));
 * }
 * }</pre>
 *
 * <p>The table is a bean: {@code Resource.at("/console/things").on(GET, handler::list).route().filter(guard)}. Everything is asked
 * for with {@code visitor.organizationId()}. Handlers throw what {@code error} has; the guard makes a page of it. A new page is
 * added to those that {@code ConsoleBrowserIT} walks and, where it shows what somebody wrote, to {@code HostileTextIT}.
 *
 * <p>The template is {@code <html th:replace="~{console/layout :: page('Title', 'navigation', ~{::main})}">} round a
 * {@code <main>}. Forms post, carry {@code <input type="hidden" name="csrf" th:value="${csrf}">} and work without scripts;
 * htmx makes them quicker. Nothing is styled or run inline: the policy forbids it.
 */
@NullMarked
package dev.sluice.gateway.console.page;

import org.jspecify.annotations.NullMarked;
