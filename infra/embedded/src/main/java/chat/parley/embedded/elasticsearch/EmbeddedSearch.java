package chat.parley.embedded.elasticsearch;

import java.net.URI;

/**
 * Address and credentials of the embedded Elasticsearch. It may not answer yet, or temporarily; its address never
 * changes.
 */
public interface EmbeddedSearch {
    /** Download URL of the server's archive, which is not part of Parley. */
    String ARCHIVE = "https://repo.maven.apache.org/maven2/org/elasticsearch/distribution/integ-test-zip"
            + "/elasticsearch/9.5.3/elasticsearch-9.5.3.zip";

    URI address();

    String username();

    String password();

    /** PEM of the only certificate to trust. */
    String certificate();
}
