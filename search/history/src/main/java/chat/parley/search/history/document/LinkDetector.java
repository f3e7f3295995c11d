package chat.parley.search.history.document;

import java.util.regex.Pattern;

/** Decides whether a text contains a URL. */
final class LinkDetector {
    /** Possessive quantifiers prevent backtracking. */
    private static final Pattern URL =
            Pattern.compile("(?:\\bhttps?://|\\bwww\\.)[^\\s<>\"]*+", Pattern.CASE_INSENSITIVE);

    private LinkDetector() {}

    static boolean in(String text) {
        return URL.matcher(text).find();
    }
}
