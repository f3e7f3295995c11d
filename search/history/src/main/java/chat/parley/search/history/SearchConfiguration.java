package chat.parley.search.history;

import chat.parley.search.history.analyst.AnalystConfiguration;
import chat.parley.search.history.engine.ElasticsearchClients;
import chat.parley.search.history.engine.EnginePreparation;
import chat.parley.search.history.engine.EngineWatch;
import chat.parley.search.history.engine.SearchConnection;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.IndexConfiguration;
import chat.parley.search.history.query.QueryConfiguration;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Search. Whoever runs it says where Elasticsearch is, by a {@link SearchConnection}; with {@code parley.search.enabled=false}
 * nothing is needed, and requests are answered with {@code search-off}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchProperties.class)
@Import({
    SearchConfiguration.Engine.class,
    IndexConfiguration.class,
    QueryConfiguration.class,
    AnalystConfiguration.class
})
public class SearchConfiguration {
    @Bean
    SearchEngine searchEngine(ObjectProvider<ElasticsearchClient> client) {
        return new SearchEngine(client.getIfAvailable());
    }

    /** What there is only where search is not switched off. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "parley.search.enabled", matchIfMissing = true)
    static class Engine {
        @Bean
        ElasticsearchClient elasticsearchClient(SearchConnection connection, SearchProperties properties) {
            return ElasticsearchClients.connect(connection, properties.connectTimeout(), properties.responseTimeout());
        }

        @Bean
        EngineWatch engineWatch(SearchEngine engine, ObjectProvider<EnginePreparation> preparations) {
            return EngineWatch.start(engine, preparations.orderedStream().toList());
        }
    }
}
