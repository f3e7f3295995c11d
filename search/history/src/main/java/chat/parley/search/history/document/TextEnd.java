package chat.parley.search.history.document;

import java.util.Locale;

/** How a text ceased to be current. */
public enum TextEnd {
    EDITED,
    RETRACTED;

    /** The name in documents and queries. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
