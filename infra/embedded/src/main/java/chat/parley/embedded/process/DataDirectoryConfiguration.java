package chat.parley.embedded.process;

import chat.parley.embedded.EmbeddedProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all the engines share. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataDirectoryProperties.class, EmbeddedProperties.class})
public class DataDirectoryConfiguration {

    @Bean
    DataDirectory dataDirectory(DataDirectoryProperties properties) {
        return DataDirectory.open(properties.dataDir());
    }
}
