package dev.sluice.gateway.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Templates and what they look like. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    Pages pages() {
        ClassLoaderTemplateResolver templates =
                new ClassLoaderTemplateResolver(PageConfiguration.class.getClassLoader());
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding(UTF_8.name());
        templates.setTemplateMode(TemplateMode.HTML);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setEnableSpringELCompiler(true);
        engine.setLinkBuilder(new HostLinks());
        return new Pages(engine, Assets.read().urls());
    }

    @Bean
    RouterFunction<ServerResponse> assetRoutes() {
        return AssetRoutes.of(Assets.read());
    }
}
