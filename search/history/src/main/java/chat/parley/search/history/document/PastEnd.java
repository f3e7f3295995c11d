package chat.parley.search.history.document;

import java.util.Locale;

/** What put an end to a text. */
public enum PastEnd {
    EDITED,
    RETRACTED;

    /** As documents and queries write it. */
    public String term() {
        return name().toLowerCase(Locale.ROOT);
    }
}
