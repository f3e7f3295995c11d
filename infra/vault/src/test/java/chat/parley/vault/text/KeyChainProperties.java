package chat.parley.vault.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.RandomValues;
import chat.parley.api.conversation.ConversationId;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;

class KeyChainProperties {
    private static final long FIRST = 20_000;

    private final Database database = TestPostgres.database();
    private final TestVault vault = new TestVault(database);

    @AfterProperty
    void close() {
        database.close();
    }

    /** Ten years of days; some before the first one. */
    @Property(tries = 40)
    void destroyingLeavesTheLaterKeysAndNoneBefore(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = -40, max = 3_650) Integer> cuts,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = -40, max = 3_700) Integer> asked) {
        ConversationId conversation = new ConversationId(RandomValues.text(12));
        TextKeyTables tables = vault.tables();
        VaultTextKeys keys = vault.node().keys();
        KeyChain original = tables.current(conversation, FIRST);
        long first = FIRST;
        for (int cut : cuts) {
            keys.destroyBefore(conversation, LocalDate.ofEpochDay(FIRST + cut));
            first = Math.max(first, FIRST + cut);
            KeyChain left = tables.find(conversation).orElseThrow();
            assertThat(left.firstDay()).isEqualTo(first);
            for (int each : asked) {
                long day = FIRST + each;
                if (day < first) {
                    assertThat(left.key(day)).isEmpty();
                } else {
                    assertThat(left.key(day))
                            .hasValueSatisfying(key ->
                                    assertThat(key).isEqualTo(original.key(day).orElseThrow()));
                }
            }
        }
    }

    /** A key is the same from whichever day one asks first. */
    @Property(tries = 100)
    void theOrderOfQuestionsDoesNotMatter(@ForAll @Size(min = 1, max = 10) List<@IntRange(max = 4_000) Integer> days) {
        byte[] key = RandomValues.bytes(32);
        KeyChain asked = new KeyChain(FIRST, key);
        for (int day : days) {
            assertThat(asked.key(FIRST + day).orElseThrow())
                    .isEqualTo(new KeyChain(FIRST, key).key(FIRST + day).orElseThrow());
        }
        assertThat(days.stream()
                        .distinct()
                        .map(day ->
                                HexFormat.of().formatHex(asked.key(FIRST + day).orElseThrow())))
                .doesNotHaveDuplicates();
    }

    @Example
    void aForgedDayEndsAtOnce() {
        KeyChain chain = new KeyChain(FIRST, RandomValues.bytes(32));
        assertThat(chain.key(Long.MIN_VALUE)).isEmpty();
        LongStream.of(FIRST + KeyChain.MOST_DAYS + 1, Long.MAX_VALUE)
                .forEach(day -> assertThatThrownBy(() -> chain.key(day)).isInstanceOf(IllegalStateException.class));
        assertThat(chain.key(FIRST + KeyChain.MOST_DAYS)).isPresent();
        assertThatThrownBy(() -> new KeyChain(-100, RandomValues.bytes(32)).key(Long.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class);
    }
}
