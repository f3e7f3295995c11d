package chat.parley.app;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets a migration of a large table take longer than the pool's limit for an answer. */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {
    @Bean
    FlywayConfigurationCustomizer migrationsWithoutTimeLimit() {
        return flyway -> flyway.dataSource(new WithoutTimeLimit(flyway.getDataSource()));
    }

    private static final class WithoutTimeLimit extends DelegatingDataSource {
        WithoutTimeLimit(DataSource pool) {
            super(pool);
        }

        /** The pool restores its own limit when the connection is returned. */
        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        }
    }
}
