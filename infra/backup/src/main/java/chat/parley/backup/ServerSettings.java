package chat.parley.backup;

import chat.parley.api.process.StartupFailure;
import chat.parley.embedded.process.EmbeddedProperties;
import chat.parley.vault.VaultProperties;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;

/** What the settings of a server say about its PostgreSQL. */
record ServerSettings(Binder binder) {
    private static final String EMBEDDED = "embedded";

    /** Reads the environment and arguments as a server does, and starts nothing. */
    static ServerSettings of(List<String> settings) {
        SpringApplication application = new SpringApplication(NoBeans.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setInitializers(List.of());
        application.setLogStartupInfo(false);
        try (ConfigurableApplicationContext read = application.run(settings.toArray(String[]::new))) {
            return new ServerSettings(Binder.get(read.getEnvironment()));
        }
    }

    private static final class NoBeans {}

    /**
     * Whether the PostgreSQL is Parley's own.
     *
     * @throws StartupFailure if the events are in Axon Server
     */
    boolean embedded() {
        if (text("parley.engines", EMBEDDED).equals(EMBEDDED)) {
            return true;
        }
        if (!text("parley.event-store.engine", "axon-server").equals("postgres")) {
            throw new StartupFailure(
                    "The events of this server are in Axon Server, and this command is for events in PostgreSQL",
                    "Use Axon Server's backup for the events, and pg_dump for the vault after it");
        }
        return false;
    }

    Path dataDir() {
        return Path.of(text("parley.data-dir", "./parley-data"))
                .toAbsolutePath()
                .normalize();
    }

    EmbeddedProperties engines() {
        return binder.bindOrCreate("parley.embedded", EmbeddedProperties.class);
    }

    Path keyFile() {
        return binder.bindOrCreate("parley.vault", VaultProperties.class).keyFileIn(dataDir());
    }

    String url() {
        String url = text("spring.datasource.url", "");
        if (url.isEmpty()) {
            throw new StartupFailure(
                    "spring.datasource.url does not name the PostgreSQL", "Give the settings that the nodes have");
        }
        return url;
    }

    String username() {
        return text("spring.datasource.username", "");
    }

    String password() {
        return text("spring.datasource.password", "");
    }

    private String text(String name, String otherwise) {
        return binder.bind(name, String.class).orElse(otherwise);
    }
}
