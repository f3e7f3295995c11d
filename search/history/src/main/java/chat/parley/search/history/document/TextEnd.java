package chat.parley.search.history.document;

import chat.parley.api.KebabCase;

/** How a text ceased to be current. */
public enum TextEnd {
    EDITED,
    RETRACTED;

    /** The name in documents and queries. */
    public String term() {
        return KebabCase.of(this);
    }
}
