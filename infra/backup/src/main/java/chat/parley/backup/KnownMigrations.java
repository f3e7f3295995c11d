package chat.parley.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import chat.parley.api.process.StartupFailure;
import chat.parley.backup.Manifest.Migration;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/** Makes tables as they were when a backup was made: by its migrations and none of later versions. */
final class KnownMigrations implements ResourceProvider {
    private static final List<String> FOLDERS = List.of("db/vault/", "db/events/");

    private final List<Migration> migrations;

    KnownMigrations(List<Migration> migrations) {
        this.migrations = migrations;
    }

    /**
     * @param what what has the migrations
     * @throws StartupFailure if this version lacks one of them
     */
    static void require(List<Migration> migrations, String what) {
        migrations.stream()
                .filter(migration -> find(migration.script()).isEmpty())
                .findFirst()
                .ifPresent(missing -> {
                    throw new StartupFailure(
                            what + " is of a newer version of Parley: this one lacks the migration " + missing.script(),
                            "Use the command of the newer version");
                });
    }

    /** @throws StartupFailure if a script is not the one of the backup */
    void migrate(DataSource empty) {
        Flyway flyway = Flyway.configure()
                .dataSource(empty)
                .schemas("vault")
                .outOfOrder(true)
                .resourceProvider(this)
                .load();
        flyway.migrate();
        List<Migration> made = Stream.of(flyway.info().applied())
                .filter(MigrationInfo::isVersioned)
                .map(applied -> new Migration(applied.getScript(), applied.getChecksum()))
                .toList();
        migrations.stream()
                .filter(migration -> !made.contains(migration))
                .findFirst()
                .ifPresent(other -> {
                    throw new StartupFailure(
                            "The migration " + other.script() + " of the backup is another one than this version's",
                            "Restore with the version that made the backup");
                });
    }

    private static Optional<ClassPathResource> find(String script) {
        return FOLDERS.stream()
                .map(folder -> new ClassPathResource(folder + script))
                .filter(ClassPathResource::exists)
                .findFirst();
    }

    @Override
    public @Nullable LoadableResource getResource(String name) {
        return null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return migrations.stream()
                .map(Migration::script)
                .filter(script ->
                        script.startsWith(prefix) && Stream.of(suffixes).anyMatch(script::endsWith))
                .flatMap(script -> find(script).map(file -> new Script(script, file)).stream())
                .map(LoadableResource.class::cast)
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final String name;
        private final ClassPathResource file;

        Script(String name, ClassPathResource file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public Reader read() {
            try {
                return new StringReader(file.getContentAsString(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return file.getPath();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return file.getPath();
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
