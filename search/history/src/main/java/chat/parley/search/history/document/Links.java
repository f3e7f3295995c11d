package chat.parley.search.history.document;

import java.util.regex.Pattern;

/** Whether a text has a URL. */
final class Links {
    /** Possessive, so that no text makes it look twice. */
    private static final Pattern URL =
            Pattern.compile("(?:\\bhttps?://|\\bwww\\.)[^\\s<>\"]*+", Pattern.CASE_INSENSITIVE);

    private Links() {}

    static boolean in(String text) {
        return URL.matcher(text).find();
    }
}
