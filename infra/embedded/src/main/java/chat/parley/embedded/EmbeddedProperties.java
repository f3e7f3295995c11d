package chat.parley.embedded;

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
 */
@ConfigurationProperties("parley.embedded")
record EmbeddedProperties(
        @Nullable Path binariesDir,
        @DefaultValue("nobody") String unprivilegedUser,
        @DefaultValue("2m") Duration startTimeout,
        @Nullable Path searchArchive,
        @DefaultValue("512MB") DataSize searchHeap) {

    Path binariesDir(DataDirectory data) {
        return binariesDir == null
                ? data.resolve("engines")
                : binariesDir.toAbsolutePath().normalize();
    }
}
