package chat.parley.embedded;

import java.net.URI;

/** Elasticsearch as a child of Parley. It may not answer yet, or not at the moment; where it does never changes. */
public interface EmbeddedSearch {
    URI address();

    String username();

    String password();
}
