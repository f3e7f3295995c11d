package chat.parley.search.query;

import java.text.Normalizer;

/** What the characters of a query are to it. */
final class Characters {
    private Characters() {}

    /** Control characters and lone surrogates are no text and separate like spaces. */
    static boolean isBlank(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.CONTROL,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    /** Also the ones that telephones put in their place. */
    static boolean isQuote(int codePoint) {
        return switch (codePoint) {
            case '"', '\u201C', '\u201D', '\u201E', '\uFF02' -> true;
            default -> false;
        };
    }

    /** Whether the index has something for it: letters, digits, emoji. */
    static boolean isSearchable(String text) {
        return text.codePoints()
                .anyMatch(codePoint -> Character.isLetterOrDigit(codePoint)
                        || Character.getType(codePoint) == Character.OTHER_NUMBER
                        || Character.getType(codePoint) == Character.LETTER_NUMBER
                        || Character.isExtendedPictographic(codePoint)
                        || Character.isEmojiPresentation(codePoint));
    }

    /** In composed form, each run of blanks one space. */
    static String normalised(String text) {
        StringBuilder normalised = new StringBuilder(text.length());
        boolean blankBefore = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (isBlank(codePoint)) {
                blankBefore = true;
                continue;
            }
            if (blankBefore && !normalised.isEmpty()) {
                normalised.append(' ');
            }
            blankBefore = false;
            normalised.appendCodePoint(codePoint);
        }
        return Normalizer.normalize(normalised, Normalizer.Form.NFC);
    }
}
