package chat.parley.embedded;

import chat.parley.embedded.mongodb.ReadSideEngine;
import chat.parley.embedded.postgres.PostgresEngine;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.DataDirectoryConfiguration;
import com.mongodb.ConnectionString;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * PostgreSQL and a MongoDB-compatible server that live and die with Parley. Spring destroys a bean after all that depend on
 * it: connection pool and client go first, then the engines, then the data directory's lock.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "parley.engines", havingValue = "embedded", matchIfMissing = true)
@Import(DataDirectoryConfiguration.class)
public class EmbeddedEnginesConfiguration {

    @Bean
    PostgresEngine postgresEngine(DataDirectory data, EmbeddedProperties properties) {
        return PostgresEngine.start(data, properties);
    }

    @Bean
    ReadSideEngine readSideEngine(DataDirectory data) {
        return ReadSideEngine.start(data);
    }

    @Bean
    JdbcConnectionDetails embeddedJdbcConnectionDetails(PostgresEngine engine) {
        return engine.connectionDetails();
    }

    @Bean
    MongoConnectionDetails embeddedMongoConnectionDetails(ReadSideEngine engine) {
        ConnectionString connection = engine.connectionString();
        return () -> connection;
    }
}
