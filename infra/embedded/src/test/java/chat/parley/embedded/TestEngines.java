package chat.parley.embedded;

import chat.parley.embedded.postgres.PostgresEngine;
import chat.parley.testing.SharedLogging;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import java.util.Map;
import org.bson.Document;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The engines as the application starts them, with Spring Boot's connection pool and client. */
record TestEngines(ConfigurableApplicationContext context) implements AutoCloseable {

    /** Shared by all tests. */
    static final Path BINARIES = Path.of("target", "engines").toAbsolutePath();

    static TestEngines start(Path dataDir, Class<?>... more) {
        SharedLogging.configure();
        return new TestEngines(new SpringApplicationBuilder(Application.class)
                .sources(more)
                .web(WebApplicationType.NONE)
                .properties(Map.of("parley.data-dir", dataDir, "parley.embedded.binaries-dir", BINARIES))
                .properties("spring.main.banner-mode=off")
                .run());
    }

    JdbcClient sql() {
        return context.getBean(JdbcClient.class);
    }

    JdbcConnectionDetails jdbc() {
        return context.getBean(JdbcConnectionDetails.class);
    }

    MongoCollection<Document> documents() {
        String database = context.getBean(MongoConnectionDetails.class)
                .getConnectionString()
                .getDatabase();
        return context.getBean(MongoClient.class)
                .getDatabase(String.valueOf(database))
                .getCollection("things");
    }

    long postgresPid() {
        return context.getBean(PostgresEngine.class).pid();
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @Import(EmbeddedEnginesConfiguration.class)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        MongoAutoConfiguration.class
    })
    static class Application {}
}
