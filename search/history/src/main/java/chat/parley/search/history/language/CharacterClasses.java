package chat.parley.search.history.language;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;

/** Classes of characters in queries. */
public final class CharacterClasses {
    private CharacterClasses() {}

    /** Control characters and lone surrogates separate words like spaces. */
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

    /** Includes the typographic quotation marks that mobile keyboards insert. */
    static boolean isQuote(int codePoint) {
        return switch (codePoint) {
            case '"', '\u201C', '\u201D', '\u201E', '\uFF02' -> true;
            default -> false;
        };
    }

    /** Letters, digits and their combining characters; anything else between two blanks is a sign. */
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

    /** Whether the text has a letter, a digit or an emoji. */
    static boolean isSearchable(String text) {
        return text.codePoints().anyMatch(codePoint -> isOfAWord(codePoint) ? !isMark(codePoint) : isEmoji(codePoint));
    }

    static boolean hasSigns(String text) {
        return text.codePoints().anyMatch(codePoint -> !isBlank(codePoint) && !isOfAWord(codePoint));
    }

    /** Whether the text contains Chinese or Japanese, which have no spaces between words. */
    static boolean isWithoutSpaces(String text) {
        return text.codePoints().anyMatch(codePoint -> switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA -> true;
            default -> false;
        });
    }

    /** Chinese, Japanese and Korean characters, which the index stores as bigrams. */
    static boolean isOfPairs(int codePoint) {
        return switch (UnicodeScript.of(codePoint)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
            default -> false;
        };
    }

    /** Whether the text has a CJK character without a CJK neighbour, so that no bigram contains it. */
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

    /** NFC, with each run of blanks as one space. */
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
