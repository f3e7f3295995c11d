package chat.parley.embedded;

import chat.parley.embedded.process.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The engines that run with Parley when no servers are configured.
 *
 * @param binariesDir where the engines' programs are unpacked, once; {@code engines} in the data directory unless set.
 *     Set it when the data directory is on a file system that forbids running programs
 * @param unprivilegedUser the account that runs PostgreSQL and Elasticsearch when Parley is started as root, which they
 *     refuse to be
 * @param startTimeout how long PostgreSQL may take to accept connections, recovery after a crash included
 * @param searchArchive the zip of the Elasticsearch server, which Parley does not bring; without it there is no search
 * @param searchHeap the heap of Elasticsearch; its process takes about as much again
 * @param searchNiceness how far Elasticsearch stands back where there is not enough processor time for all, 0 to 19: at 15
 *     what is said is delivered first, and made searchable when there is time
 */
@ConfigurationProperties("parley.embedded")
public record EmbeddedProperties(
        @Nullable Path binariesDir,
        @DefaultValue("nobody") String unprivilegedUser,
        @DefaultValue("2m") Duration startTimeout,
        @Nullable Path searchArchive,
        @DefaultValue("512MB") DataSize searchHeap,
        @DefaultValue("15") int searchNiceness) {
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
