package chat.parley.search.history.document;

import chat.parley.api.KebabCase;
import com.fasterxml.jackson.annotation.JsonValue;

/** Which of a generation's two indexes contains a document. */
public enum DocumentKind {
    /** A message with its current text. */
    MESSAGE,
    /** A text that an edit or a retraction has ended. */
    PAST;

    @JsonValue
    public String wireName() {
        return KebabCase.of(this);
    }
}
