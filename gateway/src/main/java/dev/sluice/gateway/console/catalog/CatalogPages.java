package dev.sluice.gateway.console.catalog;

import static org.springframework.http.HttpMethod.GET;

import dev.sluice.gateway.console.page.Pages;
import dev.sluice.gateway.console.session.Guard;
import dev.sluice.gateway.error.Resource;
import dev.sluice.normalizers.Elements;
import dev.sluice.persistence.instance.InstanceRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The catalog's one page. */
@Configuration(proxyBeanMethods = false)
class CatalogPages {

    @Bean
    RouterFunction<ServerResponse> consoleCatalog(
            Elements elements, InstanceRepository instances, Pages pages, Guard guard) {
        CatalogHandler handler = new CatalogHandler(elements, instances, pages);
        return Resource.at("/console/elements").on(GET, handler::list).route().filter(guard);
    }
}
