package chat.parley.search.index;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which of a generation's two indexes has a document. */
enum DocumentKind {
    /** A message as it stands. */
    MESSAGE,
    /** A text that an edit or a retraction has put an end to. */
    PAST;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
