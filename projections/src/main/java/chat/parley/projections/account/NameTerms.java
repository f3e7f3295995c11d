package chat.parley.projections.account;

import chat.parley.api.text.Usernames;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Splits names into the terms of the {@link UserNameIndex}: each pair of adjacent characters, the first character of
 * each word, each single character of scripts without spaces, and the username as a whole. A letter before a colon
 * distinguishes the kinds.
 */
final class NameTerms {
    private NameTerms() {}

    /** The terms of a user's names. */
    static Set<String> of(String username, String displayName) {
        Set<String> parts = new LinkedHashSet<>();
        parts.add(whole(username));
        addAll(Usernames.fold(username), parts);
        addAll(Usernames.fold(displayName), parts);
        return parts;
    }

    /** The term that only users with exactly this username have. */
    static String whole(String username) {
        return "u:" + Usernames.fold(username);
    }

    /** The words of a query, folded like names. */
    static List<String> words(String query) {
        return Arrays.stream(Usernames.fold(query).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * The terms of these words. Every user whose names contain all the words has all these terms; others may have them
     * too.
     */
    static Set<String> ofQuery(List<String> words) {
        Set<String> parts = new LinkedHashSet<>();
        for (String word : words) {
            int[] characters = word.codePoints().toArray();
            if (characters.length == 1) {
                parts.add(isWordLike(characters[0]) ? single(characters[0]) : first(characters[0]));
            }
            for (int i = 1; i < characters.length; i++) {
                parts.add(pair(characters[i - 1], characters[i]));
            }
        }
        return parts;
    }

    private static void addAll(String name, Set<String> parts) {
        int before = ' ';
        for (int character : name.codePoints().toArray()) {
            if (!Character.isWhitespace(character)) {
                addOne(before, character, parts);
            }
            before = character;
        }
    }

    private static void addOne(int before, int character, Set<String> parts) {
        if (!Character.isLetterOrDigit(before) || !Character.isLetterOrDigit(character)) {
            parts.add(first(character));
        }
        if (isWordLike(character)) {
            parts.add(single(character));
        }
        if (!Character.isWhitespace(before)) {
            parts.add(pair(before, character));
        }
    }

    private static boolean isWordLike(int character) {
        return switch (UnicodeScript.of(character)) {
            case HANGUL, HAN, HIRAGANA, KATAKANA -> true;
            default -> false;
        };
    }

    private static String first(int character) {
        return "f:" + Character.toString(character);
    }

    private static String single(int character) {
        return "c:" + Character.toString(character);
    }

    private static String pair(int one, int next) {
        return "p:" + Character.toString(one) + Character.toString(next);
    }
}
