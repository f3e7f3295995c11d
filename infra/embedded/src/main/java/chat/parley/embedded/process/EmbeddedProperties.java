package chat.parley.embedded.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the engines that Parley runs itself if no servers are configured.
 *
 * @param binariesDir directory into which the engines' programs are unpacked once; by default {@code engines} in the
 * data directory. Set it if the data directory's file system forbids executing programs
 * @param unprivilegedUser account that runs PostgreSQL and Elasticsearch if Parley runs as root, which both refuse
 * @param startTimeout how long PostgreSQL may take to accept connections, including recovery after a crash
 * @param searchArchive zip file of the Elasticsearch server, which is not part of Parley; without it there is no search
 * @param searchHeap heap of Elasticsearch; its process takes about twice as much memory
 * @param searchNiceness niceness of Elasticsearch, 0 to 19: at 15, delivering messages has priority over indexing them
 * @param searchJvmOptions further options of the JVM of Elasticsearch
 */
@ConfigurationProperties("parley.embedded")
public record EmbeddedProperties(
        @Nullable Path binariesDir,
        @DefaultValue("nobody") String unprivilegedUser,
        @DefaultValue("2m") Duration startTimeout,
        @Nullable Path searchArchive,
        @DefaultValue("512MB") DataSize searchHeap,
        @DefaultValue("15") int searchNiceness,
        @DefaultValue List<String> searchJvmOptions) {
    private static final int NICEST = 19;

    public EmbeddedProperties {
        if (searchNiceness < 0 || searchNiceness > NICEST) {
            throw new IllegalArgumentException("parley.embedded.search-niceness is 0 to " + NICEST);
        }
    }

    public Path binariesDir(DataDirectory data) {
        return binariesDir == null
                ? data.resolve("engines")
                : binariesDir.toAbsolutePath().normalize();
    }
}
