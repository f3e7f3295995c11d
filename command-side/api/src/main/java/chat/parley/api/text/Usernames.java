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

/** When two usernames are the same one, and when they look it. */
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

    /** What stands in addresses and queries for oneself, what calls everybody in a chat, and what speaks for Parley. */
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

    /** Unicode's NFKC_Casefold: without letter case, Unicode form, and what is not seen. For beginnings of names, too. */
    public static String fold(String text) {
        return CASEFOLD.normalize(text);
    }

    /**
     * How names were compared before {@link #fold}. Whoever took their name then is known by the hash of this form for
     * ever, so nothing in it may change.
     */
    public static String foldOfBefore(String text) {
        // Upper case first: it unites letters that lower case alone keeps apart, such as ß with ss.
        String folded = jdkNfkc(text).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return jdkNfkc(folded);
    }

    /**
     * What a name looks like: names that share one of these are not told apart by eye. They are UTS 39's skeletons, of
     * the name as it is written and of the folded name, for what letter case shows ({@code PauI}) and what it hides.
     */
    public static Set<String> looksOf(String username) {
        Set<String> looks = new LinkedHashSet<>();
        looks.add(look(fold(username)));
        looks.add(look(NFKC.normalize(username)));
        return Collections.unmodifiableSet(looks);
    }

    /** Folded once more, because skeletons have letter case: 0 looks like a capital O, and so like any o. */
    private static String look(String name) {
        return fold(SPOOFS.getSkeleton(name));
    }

    /** Of the data that {@link #looksOf} asks; another version may see other looks. */
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
