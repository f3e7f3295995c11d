package chat.parley.embedded;

import chat.parley.embedded.mongodb.EmbeddedMongo;
import chat.parley.embedded.postgres.PostgresEngine;
import chat.parley.embedded.process.DataDirectory;
import chat.parley.embedded.process.DataDirectoryConfiguration;
import chat.parley.embedded.process.EmbeddedProperties;
import com.mongodb.ConnectionString;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Starts PostgreSQL and the MongoDB-compatible server with the application context and stops them with it. Spring
 * destroys a bean after its dependents: connection pool and client first, then the engines, then the lock of the data
 * directory.
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
    EmbeddedMongo embeddedMongo(DataDirectory data) {
        return EmbeddedMongo.start(data);
    }

    @Bean
    JdbcConnectionDetails embeddedJdbcConnectionDetails(PostgresEngine engine) {
        return engine.connectionDetails();
    }

    @Bean
    MongoConnectionDetails embeddedMongoConnectionDetails(EmbeddedMongo engine) {
        ConnectionString connection = engine.connectionString();
        return () -> connection;
    }
}
