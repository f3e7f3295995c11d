package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Migrates the tables in PostgreSQL, unless they are of a newer version or half migrated. A migration of a large table may
 * take longer than the pool's limit for an answer.
 */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {
    private static final Set<MigrationState> UNKNOWN = Set.of(
            MigrationState.FUTURE_SUCCESS,
            MigrationState.FUTURE_FAILED,
            MigrationState.MISSING_SUCCESS,
            MigrationState.MISSING_FAILED);

    @Bean
    FlywayMigrationStrategy migrationOfKnownTables() {
        return MigrationConfiguration::migrate;
    }

    /** @throws StartupFailure if this version cannot use the tables */
    static void migrate(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            String name = migration.getVersion() + " (" + migration.getDescription() + ")";
            if (UNKNOWN.contains(migration.getState())) {
                throw new StartupFailure(
                        "PostgreSQL has the tables of a newer version of Parley, or of another event store engine: it has the"
                                + " migration " + name + ", which this version lacks. Nothing was changed",
                        "Start the newer version, or correct parley.event-store.engine");
            }
            if (migration.getState().isFailed()) {
                throw new StartupFailure(
                        "The migration " + name + " of the tables in PostgreSQL has failed before and may be half done",
                        "Restore the database as it was before that migration");
            }
        }
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StartupFailure(
                    "The tables in PostgreSQL could not be migrated. A failed migration was rolled back",
                    "The cause is in the log. Start this version again when it is removed, or the version of before",
                    e);
        }
    }

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
