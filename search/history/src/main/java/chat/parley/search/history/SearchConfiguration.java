package chat.parley.search.history;

import chat.parley.search.history.engine.ElasticsearchClients;
import chat.parley.search.history.engine.EngineInitializer;
import chat.parley.search.history.engine.EngineMonitor;
import chat.parley.search.history.engine.SearchConnection;
import chat.parley.search.history.engine.SearchEngine;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Configures the search engine and the index. A {@link SearchConnection} bean tells where Elasticsearch is. With {@code
 * parley.search.enabled=false} none is needed, and requests are answered with {@code search-off}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchProperties.class)
@Import({SearchConfiguration.Engine.class, IndexConfiguration.class})
public class SearchConfiguration {
    @Bean
    SearchEngine searchEngine(ObjectProvider<ElasticsearchClient> client) {
        return new SearchEngine(client.getIfAvailable());
    }

    /** Beans that exist only if search is enabled. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "parley.search.enabled", matchIfMissing = true)
    static class Engine {
        @Bean
        ElasticsearchClient elasticsearchClient(SearchConnection connection, SearchProperties properties) {
            return ElasticsearchClients.connect(connection, properties.connectTimeout(), properties.responseTimeout());
        }

        @Bean
        EngineMonitor engineWatch(SearchEngine engine, ObjectProvider<EngineInitializer> preparations) {
            return EngineMonitor.start(engine, preparations.orderedStream().toList());
        }
    }
}
