package chat.parley.embedded.elasticsearch;

import java.net.URI;

/** Elasticsearch as a child of Parley. It may not answer yet, or not at the moment; where it does never changes. */
public interface EmbeddedSearch {
    /** Where the archive of the server is to be had; Parley does not bring it. */
    String ARCHIVE = "https://repo.maven.apache.org/maven2/org/elasticsearch/distribution/integ-test-zip"
            + "/elasticsearch/9.5.3/elasticsearch-9.5.3.zip";

    URI address();

    String username();

    String password();

    /** PEM of the only certificate by which it may be trusted. */
    String certificate();
}
