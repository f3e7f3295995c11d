package chat.parley.eventprocessing.sharing;

import chat.parley.api.port.Epoch;
import chat.parley.api.port.Installation;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures who owns read models and segments. The owner of segments is the only process with embedded engines, else those
 * with a lease in the vault.
 */
@Configuration(proxyBeanMethods = false)
public class SharingConfiguration {
    private static final String ENGINES = "parley.engines";

    @Bean
    ReadModelOwner readModelOwner(
            Installation installation, Epoch epoch, @Value("${" + ENGINES + ":embedded}") String engines) {
        return new ReadModelOwner(installation, epoch, !engines.equalsIgnoreCase("embedded"));
    }

    @Bean
    @ConditionalOnProperty(name = ENGINES, havingValue = "embedded", matchIfMissing = true)
    SegmentOwners onlyOwner() {
        return SegmentOwners.alone("embedded");
    }

    @Bean
    @ConditionalOnProperty(name = ENGINES, havingValue = "server")
    @DependsOnDatabaseInitialization
    SegmentLeases segmentLeases(DataSource vault) {
        return new SegmentLeases(vault);
    }
}
