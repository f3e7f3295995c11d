package chat.parley.api.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import chat.parley.api.Refused;
import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class TextProperties {
    private static final List<Integer> IGNORABLE = having(UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    private static final List<Integer> SPACES = having(UProperty.WHITE_SPACE);
    private static final List<Consumer<String>> RULES = List.of(
            TextRules::requireMessage,
            TextRules::requireTitle,
            TextRules::requireDisplayName,
            TextRules::requireUsername);

    @Property(tries = 500)
    void invisibleTextIsBlankForEveryRule(@ForAll("unseen") String text) {
        assertThat(TextRules.isBlank(text)).isTrue();
        RULES.forEach(rule -> assertThatThrownBy(() -> rule.accept(text)).isInstanceOf(Refused.class));
    }

    @Property(tries = 500)
    void invisibleCharactersDoNotMakeAnotherName(
            @ForAll("names") String name, @ForAll("ignorable") String unseen, @ForAll int at) {
        int place = Math.floorMod(at, name.length() + 1);
        String other = name.substring(0, place) + unseen + name.substring(place);
        assertThat(passes(other)).isFalse();
        assertThat(Usernames.fold(other)).isEqualTo(Usernames.fold(name));
    }

    @Property(tries = 2000)
    void aValidNameIsVisibleAndHasALook(@ForAll("anything") String name) {
        assumeThat(passes(name)).isTrue();
        assertThat(Usernames.looksOf(name)).isNotEmpty().noneMatch(TextRules::isBlank);
        assertThat(TextRules.isBlank(name)).isFalse();
    }

    /** So the claim of a look also reserves names that were claimed in the former folding. */
    @Property(tries = 1000)
    void namesThatWereEqualInTheFormerFoldingLookAlike(@ForAll("cased") String name) {
        for (String same : List.of(name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))) {
            assumeThat(Usernames.foldOfBefore(same)).isEqualTo(Usernames.foldOfBefore(name));
            assertThat(Usernames.looksOf(same)).containsAnyElementsOf(Usernames.looksOf(name));
        }
    }

    private static boolean passes(String name) {
        try {
            TextRules.requireUsername(name);
            return true;
        } catch (Refused refused) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> unseen() {
        return Arbitraries.oneOf(Arbitraries.of(IGNORABLE), Arbitraries.of(SPACES))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(TextProperties::text);
    }

    @Provide
    Arbitrary<String> ignorable() {
        return Arbitraries.of(IGNORABLE).map(Character::toString);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("ada", "Zoë", "김철수", "山田taro", "ада", "O'Brien", "x1")
                .filter(TextProperties::passes);
    }

    @Provide
    Arbitrary<String> cased() {
        Arbitrary<Integer> letters = Arbitraries.integers()
                .between(0, 0x24ff)
                .filter(c -> Character.isLetter(c) && Character.toUpperCase(c) != Character.toLowerCase(c));
        return letters.list().ofMinSize(1).ofMaxSize(4).map(TextProperties::text);
    }

    @Provide
    Arbitrary<String> anything() {
        Arbitrary<Integer> any = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between('a', 'z')),
                Tuple.of(1, Arbitraries.integers().between(0, 0xffff)),
                Tuple.of(1, Arbitraries.of(IGNORABLE)));
        return Combinators.combine(
                        any.list().ofMinSize(1).ofMaxSize(3), any.list().ofMaxSize(1))
                .as((head, tail) -> text(head) + text(tail));
    }

    private static String text(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    private static List<Integer> having(int property) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> UCharacter.hasBinaryProperty(c, property))
                .boxed()
                .toList();
    }
}
