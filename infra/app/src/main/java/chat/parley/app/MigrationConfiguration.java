package chat.parley.app;

import chat.parley.api.process.StartupFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Migrates the tables in PostgreSQL, unless they are half migrated, or a newer version has made changes that this one
 * cannot work with. A migration of a large table may take longer than the pool's limit for an answer.
 */
@Configuration(proxyBeanMethods = false)
class MigrationConfiguration {
    private static final Logger log = LoggerFactory.getLogger(MigrationConfiguration.class);

    @Bean
    FlywayMigrationStrategy migrationOfKnownTables() {
        return MigrationConfiguration::migrate;
    }

    /** @throws StartupFailure if this version cannot use the tables */
    static void migrate(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            requireUsable(migration);
        }
        Flyway tolerant = Flyway.configure()
                .configuration(flyway.getConfiguration())
                .ignoreMigrationPatterns("*:future", "*:missing")
                .callbacks(new ExpandingMigrations())
                .load();
        try {
            tolerant.migrate();
        } catch (FlywayException e) {
            throw refusal(e)
                    .orElseGet(() -> new StartupFailure(
                            "The tables in PostgreSQL could not be migrated. A failed migration was rolled back",
                            "The cause is in the log. Start this version again when it is removed, or the version of before",
                            e));
        }
    }

    private static void requireUsable(MigrationInfo migration) {
        boolean isExpanding = ExpandingMigrations.include(migration);
        switch (migration.getState()) {
            case FUTURE_SUCCESS, MISSING_SUCCESS -> {
                if (!isExpanding) {
                    throw new StartupFailure(
                            "PostgreSQL has the tables of a newer version of Parley, or of another event store engine: it"
                                    + " has the migration " + ExpandingMigrations.name(migration)
                                    + ", which this version lacks. Nothing was changed",
                            "Start the newer version, or correct parley.event-store.engine");
                }
                log.info(
                        "PostgreSQL has the migration {} of a newer version, which this version needs not know",
                        ExpandingMigrations.name(migration));
            }
            default -> {
                if (migration.getState().isFailed()) {
                    throw new StartupFailure(
                            "The migration " + ExpandingMigrations.name(migration)
                                    + " of the tables in PostgreSQL has failed before and may be half done",
                            "Restore the database as it was before that migration");
                }
            }
        }
    }

    private static Optional<StartupFailure> refusal(FlywayException failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(StartupFailure.class::isInstance)
                .map(StartupFailure.class::cast)
                .findFirst();
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
