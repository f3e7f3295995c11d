package chat.parley.embedded.process;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The data directory, shared by all engines. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataDirectoryProperties.class, EmbeddedProperties.class})
public class DataDirectoryConfiguration {

    @Bean
    DataDirectory dataDirectory(DataDirectoryProperties properties) {
        return DataDirectory.open(properties.dataDir());
    }
}
