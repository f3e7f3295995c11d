package chat.parley.search.history.language;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;

/** What the characters of a query are to it. */
public final class Characters {
    private Characters() {}

    /** Control characters and lone surrogates are no text and separate like spaces. */
    public static boolean isBlank(int codePoint) {
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

    /** Letters, digits and what is part of them, so that everything else between two blanks is a sign. */
    static boolean isOfAWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint)
                || isMark(codePoint)
                || Character.getType(codePoint) == Character.OTHER_NUMBER
                || Character.getType(codePoint) == Character.LETTER_NUMBER;
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    static boolean isEmoji(int codePoint) {
        return Character.isExtendedPictographic(codePoint) || Character.isEmojiPresentation(codePoint);
    }

    /** Whether it says something by itself, as a colon among words does not: it has a letter, a digit or an emoji. */
    static boolean isSearchable(String text) {
        return text.codePoints().anyMatch(codePoint -> isOfAWord(codePoint) ? !isMark(codePoint) : isEmoji(codePoint));
    }

    static boolean hasSigns(String text) {
        return text.codePoints().anyMatch(codePoint -> !isBlank(codePoint) && !isOfAWord(codePoint));
    }

    /** Whether it has Chinese or Japanese, where a word is anywhere in a run of characters. */
    static boolean isWithoutSpaces(String text) {
        return text.codePoints().anyMatch(codePoint -> switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA -> true;
            default -> false;
        });
    }

    /** Chinese, Japanese and Korean, of whose characters the index has pairs. */
    static boolean isOfPairs(int codePoint) {
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
            default -> false;
        };
    }

    /** Whether a character of which the index has pairs has no neighbour to be a pair with. */
    static boolean hasLoneOfPairs(String text) {
        int[] codePoints = text.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            if (isOfPairs(codePoints[i])
                    && (i == 0 || !isOfPairs(codePoints[i - 1]))
                    && (i + 1 == codePoints.length || !isOfPairs(codePoints[i + 1]))) {
                return true;
            }
        }
        return false;
    }

    /** In composed form, each run of blanks one space. */
    public static String normalised(String text) {
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
