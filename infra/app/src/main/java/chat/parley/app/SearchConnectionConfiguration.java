package chat.parley.app;

import chat.parley.api.process.Role;
import chat.parley.app.role.ConditionalOnRole;
import chat.parley.embedded.elasticsearch.EmbeddedSearch;
import chat.parley.search.history.SearchProperties;
import chat.parley.search.history.engine.SearchConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** Selects the Elasticsearch for search: the embedded one or the configured one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.SEARCH, Role.API, Role.AUDIT})
@ConditionalOnProperty(name = "parley.search.enabled", matchIfMissing = true)
class SearchConnectionConfiguration {
    @Bean
    @ConditionalOnProperty(name = "parley.engines", havingValue = "embedded", matchIfMissing = true)
    SearchConnection embeddedSearchConnection(EmbeddedSearch search) {
        return new SearchConnection(search.address(), search.username(), search.password(), search.certificate());
    }

    @Bean
    @ConditionalOnProperty(name = "parley.engines", havingValue = "server")
    SearchConnection namedSearchConnection(SearchProperties properties) throws IOException {
        Resource authority = properties.caCertificate();
        return new SearchConnection(
                Objects.requireNonNull(properties.uri(), "parley.search.uri must name the Elasticsearch server"),
                properties.username(),
                properties.password(),
                authority == null ? null : authority.getContentAsString(StandardCharsets.US_ASCII));
    }
}
