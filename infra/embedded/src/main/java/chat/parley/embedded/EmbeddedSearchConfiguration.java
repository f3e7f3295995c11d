package chat.parley.embedded;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Elasticsearch, where its server archive is at hand. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "parley.engines", havingValue = "embedded", matchIfMissing = true)
@Import({EmbeddedSearchConfiguration.WithArchive.class, EmbeddedSearchConfiguration.WithoutArchive.class})
public class EmbeddedSearchConfiguration {

    private static final String ENABLED = "parley.search.enabled";
    private static final String ARCHIVE = "parley.embedded.search-archive";

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
    @ConditionalOnProperty(name = ARCHIVE)
    @Import(DataDirectoryConfiguration.class)
    static class WithArchive {

        @Bean
        EmbeddedSearch embeddedSearch(DataDirectory data, EmbeddedProperties properties) {
            return ElasticsearchEngine.start(data, properties);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = ENABLED, matchIfMissing = true)
    @ConditionalOnProperty(name = ARCHIVE, havingValue = "false", matchIfMissing = true)
    static class WithoutArchive {

        private static final Logger log = LoggerFactory.getLogger(EmbeddedSearchConfiguration.class);

        WithoutArchive() {
            log.info(
                    "Search is off: Elasticsearch is not part of Parley. Fetch {} and name the file with {}",
                    ElasticsearchBinaries.SOURCE,
                    ARCHIVE);
        }
    }
}
