package chat.parley.api.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides whether two usernames are equal, and whether they look alike. */
public final class Usernames {
    private static final Normalizer2 CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();

    /** UTS 39's "highly restrictive": one script, or Latin with Han and Hangul, with Han and kana, or with Bopomofo. */
    private static final SpoofChecker SPOOFS = new SpoofChecker.Builder()
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .setChecks(SpoofChecker.RESTRICTION_LEVEL
                    | SpoofChecker.MIXED_NUMBERS
                    | SpoofChecker.INVISIBLE
                    | SpoofChecker.HIDDEN_OVERLAY)
            .build();

    /** Names that address the user, everybody in a chat, or Parley itself. */
    private static final Set<String> RESERVED_LOOKS = List.of(
                    "me",
                    "all",
                    "everybody",
                    "everyone",
                    "here",
                    "channel",
                    "deleted",
                    "deleted-user",
                    "parley",
                    "system")
            .stream()
            .flatMap(name -> looksOf(name).stream())
            .collect(Collectors.toUnmodifiableSet());

    private Usernames() {}

    /**
     * Unicode's NFKC_Casefold: removes differences of letter case and Unicode form, and invisible characters. Also for
     * prefixes of names.
     */
    public static String fold(String text) {
        return CASEFOLD.normalize(text);
    }

    /**
     * The folding before {@link #fold} existed. Users who registered then are known by the hash of this form, so it
     * must never change.
     */
    public static String foldOfBefore(String text) {
        // Upper case first: it unites letters that lower case alone keeps apart, such as ß with ss.
        String folded = jdkNfkc(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return jdkNfkc(folded);
    }

    /**
     * The looks of a name. Two names that share a look cannot be told apart by eye. These are UTS 39's skeletons of the
     * name as written and of the folded name, because letter case both creates ({@code PauI}) and hides likeness.
     */
    public static Set<String> looksOf(String username) {
        Set<String> looks = new LinkedHashSet<>();
        looks.add(look(fold(username)));
        looks.add(look(NFKC.normalize(username)));
        return Collections.unmodifiableSet(looks);
    }

    /** Folded again, because skeletons keep letter case: the skeleton of 0 is a capital O. */
    private static String look(String name) {
        return fold(SPOOFS.getSkeleton(name));
    }

    /** The version of the data behind {@link #looksOf}; another version may find other looks. */
    public static String unicodeVersion() {
        return UCharacter.getUnicodeVersion().toString();
    }

    static boolean isReserved(String username) {
        return !Collections.disjoint(looksOf(username), RESERVED_LOOKS);
    }

    static boolean isOfOneScript(String name) {
        return !SPOOFS.failsChecks(name);
    }

    private static String jdkNfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }
}
