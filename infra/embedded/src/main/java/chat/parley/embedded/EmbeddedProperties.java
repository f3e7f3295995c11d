package chat.parley.embedded;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The engines that run with Parley when no servers are configured.
 *
 * @param binariesDir where PostgreSQL's programs are unpacked, once; {@code engines} in the data directory unless set.
 *     Set it when the data directory is on a file system that forbids running programs
 * @param unprivilegedUser the account that runs PostgreSQL when Parley is started as root, which PostgreSQL refuses to be
 * @param startTimeout how long PostgreSQL may take to accept connections, recovery after a crash included
 */
@ConfigurationProperties("parley.embedded")
record EmbeddedProperties(
        @Nullable Path binariesDir,
        @DefaultValue("nobody") String unprivilegedUser,
        @DefaultValue("2m") Duration startTimeout) {}
