package chat.parley.search.history.engine;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where Elasticsearch answers, or will. The address stays the same for the life of this process, restarts of the engine
 * included.
 *
 * @param caCertificate PEM of the authority to trust for TLS; the JVM's own where null
 */
public record SearchConnection(
        URI address,
        @Nullable String username,
        @Nullable String password,
        @Nullable String caCertificate) {
    /** The record's own would print the password. */
    @Override
    public String toString() {
        return address.toString();
    }
}
