package chat.parley.projections.account;

import chat.parley.api.text.Usernames;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names in the parts by which they are found: each two characters that follow each other, each character that begins a
 * word, each single one of a script that needs few of them for a word, and the username as a whole. A letter before the
 * colon keeps the kinds apart.
 */
final class NameParts {
    private NameParts() {}

    /** Those of somebody's names. */
    static Set<String> of(String username, String displayName) {
        Set<String> parts = new LinkedHashSet<>();
        parts.add(whole(username));
        addAll(Usernames.fold(username), parts);
        addAll(Usernames.fold(displayName), parts);
        return parts;
    }

    /** Whoever has exactly this username has this part. */
    static String whole(String username) {
        return "u:" + Usernames.fold(username);
    }

    /** The words of a query, as names are compared. */
    static List<String> words(String query) {
        return Arrays.stream(Usernames.fold(query).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    /** Whoever has all of these words in their names has all of these parts, and perhaps others have. */
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
