package chat.parley.embedded.elasticsearch;

import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.DataDirectoryConfiguration;
import chat.parley.embedded.process.EmbeddedProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Starts and stops the embedded Elasticsearch with the application context. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "parley.engines", havingValue = "embedded", matchIfMissing = true)
@ConditionalOnProperty(name = "parley.search.enabled", matchIfMissing = true)
@Import(DataDirectoryConfiguration.class)
public class EmbeddedSearchConfiguration {

    @Bean
    EmbeddedSearch embeddedSearch(DataDirectory data, EmbeddedProperties properties) {
        return ElasticsearchEngine.start(data, properties);
    }
}
