package chat.parley.search.history.engine;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Address and credentials of Elasticsearch. The address does not change during the life of the process, even if the
 * engine restarts.
 *
 * @param caCertificate PEM of the authority to trust for TLS; null for the JVM's own ones
 */
public record SearchConnection(
        URI address,
        @Nullable String username,
        @Nullable String password,
        @Nullable String caCertificate) {
    /** A record's default would print the password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
