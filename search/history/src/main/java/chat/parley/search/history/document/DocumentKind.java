package chat.parley.search.history.document;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of a generation's two indexes has a document. */
public enum DocumentKind {
    /** A message as it stands. */
    MESSAGE,
    /** A text that an edit or a retraction has put an end to. */
    PAST;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
