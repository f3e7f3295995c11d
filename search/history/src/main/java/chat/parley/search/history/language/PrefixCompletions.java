package chat.parley.search.history.language;

import chat.parley.api.text.Usernames;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Collects the words of texts that begin with a typed prefix, most frequent first, ignoring case, width and accents. A
 * word ends at a blank; one that begins after a sign ({@code com} in {@code example.com}) ends at the next sign. In
 * scripts without spaces, a completion continues within the same script.
 */
public final class PrefixCompletions {
    /** Characters examined per text, because messages may be ten times as long. */
    private static final int LOOKED_AT = 10_000;

    private static final int LONGEST = 64;
    private static final int LONGEST_WITHOUT_SPACES = 10;

    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\p{Cc}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern SIGNS_AT_THE_END = Pattern.compile("[.,;:!?…。、！？)\\]}'\"»”’]+$");

    private final String typed;
    private final String beginning;
    private final Map<String, Tally> found = new LinkedHashMap<>();

    public PrefixCompletions(String typed) {
        this.typed = typed;
        this.beginning = folded(typed);
    }

    private static String folded(String text) {
        String letters = MARKS.matcher(Normalizer.normalize(Usernames.fold(text), Normalizer.Form.NFD))
                .replaceAll("");
        return Normalizer.normalize(letters, Normalizer.Form.NFC);
    }

    /** Counts each word of the text once. A word is shown as the first text writes it. */
    public void add(String text) {
        Map<String, String> words = new LinkedHashMap<>();
        for (String piece : pieces(text)) {
            for (String word : words(piece)) {
                boolean goesOn = !word.equalsIgnoreCase(typed) && word.codePointCount(0, word.length()) <= LONGEST;
                if (goesOn) {
                    words.putIfAbsent(folded(word), word);
                }
            }
        }
        words.forEach((folded, word) -> found.merge(folded, new Tally(word, 1), Tally::and));
    }

    /** Whether the text contains a word with this prefix. */
    public boolean isIn(String text) {
        return Stream.of(pieces(text)).anyMatch(piece -> !words(piece).isEmpty());
    }

    private static String[] pieces(String text) {
        return BLANKS.split(text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text);
    }

    public List<String> best(int limit) {
        Collection<Tally> tallies = found.values();
        return tallies.stream()
                .sorted((one, other) -> Integer.compare(other.count, one.count))
                .limit(limit)
                .map(Tally::word)
                .toList();
    }

    private List<String> words(String piece) {
        List<String> words = new ArrayList<>();
        boolean isWithin = false;
        for (int at = 0; at < piece.length(); at += Character.charCount(piece.codePointAt(at))) {
            if (mayBegin(piece, at) && begins(piece, at)) {
                words.add(word(piece.substring(at), isWithin));
            }
            isWithin |= CharacterClasses.isOfAWord(piece.codePointAt(at));
        }
        return words;
    }

    private static boolean mayBegin(String piece, int at) {
        return at == 0
                || !CharacterClasses.isOfAWord(piece.codePointBefore(at))
                || isWithoutSpaces(piece.codePointAt(at));
    }

    private static boolean isWithoutSpaces(int codePoint) {
        return CharacterClasses.isWithoutSpaces(Character.toString(codePoint));
    }

    /** Folding may change the length, but not beyond this limit. */
    private boolean begins(String piece, int at) {
        int end = Math.min(piece.length(), at + 2 * typed.length() + 2);
        return folded(piece.substring(at, end)).startsWith(beginning);
    }

    /** @param isWithin whether another part of the word precedes, separated by a sign */
    private String word(String rest, boolean isWithin) {
        int written = Math.min(rest.length(), typed.length());
        int last = typed.codePointBefore(typed.length());
        if (isWithoutSpaces(last)) {
            UnicodeScript script = UnicodeScript.of(last);
            return rest.substring(0, end(rest, written, LONGEST_WITHOUT_SPACES, c -> UnicodeScript.of(c) == script));
        }
        if (isWithin) {
            return rest.substring(0, end(rest, written, LONGEST, CharacterClasses::isOfAWord));
        }
        String word = SIGNS_AT_THE_END.matcher(rest).replaceFirst("");
        return word.length() < typed.length() ? rest : word;
    }

    private static int end(String rest, int from, int most, IntPredicate goesOn) {
        int end = from;
        while (end < rest.length() && end - from < most && goesOn.test(rest.codePointAt(end))) {
            end += Character.charCount(rest.codePointAt(end));
        }
        return end;
    }

    private record Tally(String word, int count) {
        Tally and(Tally other) {
            return new Tally(word, count + other.count);
        }
    }
}
