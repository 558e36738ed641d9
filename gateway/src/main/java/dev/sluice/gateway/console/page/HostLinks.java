package dev.sluice.gateway.console.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.linkbuilder.StandardLinkBuilder;

/** Links of templates begin where a proxy says that the gateway stands; at the host where none does. */
final class HostLinks extends StandardLinkBuilder {
    @Override
    protected String computeContextPath(
            IExpressionContext context, String base, @Nullable Map<String, Object> parameters) {
        return String.valueOf(context.getVariable(Pages.PREFIX));
    }

    @Override
    protected String processLink(IExpressionContext context, String link) {
        return link;
    }
}
