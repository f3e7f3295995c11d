package chat.parley.search.history;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Search over Elasticsearch.
 *
 * @param enabled whether there is search at all; without it its requests are answered with {@code search-off}
 * @param uri where Elasticsearch answers; not needed where it runs embedded
 * @param username who Parley is there
 * @param password and how it proves that
 * @param caCertificate PEM file of the authority that Elasticsearch's certificate is from, unless the JVM trusts it anyway
 * @param connectTimeout how long a connection to Elasticsearch may take
 * @param responseTimeout how long an answer of Elasticsearch may take, to a search as to a bulk
 */
@ConfigurationProperties("parley.search")
public record SearchProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable URI uri,
        @Nullable String username,
        @Nullable String password,
        @Nullable Resource caCertificate,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("30s") Duration responseTimeout) {
    /** The record's own would print the password. */
    @Override
    public String toString() {
        return String.valueOf(uri);
    }
}
