package chat.parley.search.history;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * Settings of search with Elasticsearch.
 *
 * @param enabled         whether search exists; if not, its requests are answered with {@code search-off}
 * @param uri             address of Elasticsearch; not needed for the embedded one
 * @param username        Parley's user there
 * @param password        its password
 * @param caCertificate   PEM file of the authority that issued Elasticsearch's certificate, unless the JVM trusts it
 * anyway
 * @param connectTimeout  timeout of connecting to Elasticsearch
 * @param responseTimeout timeout of an answer of Elasticsearch, to searches and bulk requests
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
    /** A record's default would print the password. */
    @Override
    public String toString() {
        return String.valueOf(uri);
    }
}
