package chat.parley.vault.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextKeys.OldestKey;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.text.TestVault.Node;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class DestroyingKeysTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final ConversationId TALK = new ConversationId("talk");

    private final Database database = TestPostgres.database();
    private final JdbcClient rows = JdbcClient.create(database.dataSource());
    private final TestVault vault = new TestVault(database);
    private final Node node = vault.node();

    @AfterEach
    void close() {
        vault.close();
        database.close();
    }

    private static TextContext message(ConversationId conversation, UserId author) {
        return TextProtection.messageContext(conversation, author, new ClientMessageId("1"));
    }

    private SealedText say(UserId author, ConversationId conversation) {
        return node.protection().seal(author, "text of " + author, message(conversation, author));
    }

    private static Optional<String> read(Node reader, SealedText text, UserId author, ConversationId conversation) {
        return reader.protection().reveal(text, message(conversation, author));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(vault.clock.instant(), ZoneOffset.UTC);
    }

    private static void isRefused(Node node, TextContext context) {
        assertThatThrownBy(() -> node.protection().seal(ANN, "text", context))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(Refusal.USER_UNAVAILABLE));
    }

    @Test
    void anErasedAuthorsTextsAreGoneAndNothingIsSealedAgain() {
        SealedText message = say(ANN, TALK);
        SealedText name = node.protection().seal(ANN, "Ann", TextProtection.displayNameContext(ANN));
        SealedText other = say(BOB, TALK);
        assertThat(List.of(message, name))
                .allSatisfy(text -> assertThat(node.protection().author(text)).contains(ANN));

        node.keys().destroy(ANN);

        for (Node each : List.of(node, vault.node())) {
            assertThat(read(each, message, ANN, TALK)).isEmpty();
            assertThat(each.protection().reveal(name, TextProtection.displayNameContext(ANN)))
                    .isEmpty();
            assertThat(each.protection().author(message)).isEmpty();
            assertThat(each.protection().author(other)).contains(BOB);
            isRefused(each, message(TALK, ANN));
            isRefused(each, TextProtection.displayNameContext(ANN));
            assertThat(read(each, other, BOB, TALK)).contains("text of bob");
        }
        assertThat(rows.sql("SELECT count(*) FROM vault.text_keys WHERE author = 'ann'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anAuthorWhoNeverWroteCanBeErased() {
        node.keys().destroy(ANN);
        node.keys().destroy(ANN);
        isRefused(node, message(TALK, ANN));
        assertThat(rows.sql("SELECT count(*) FROM vault.key_destructions")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void textsOfDaysBeforeAreGoneAndLaterOnesAreKept() {
        SealedText old = say(ANN, TALK);
        SealedText elsewhere = say(ANN, new ConversationId("elsewhere"));
        SealedText title = node.protection().seal(ANN, "Tea", TextProtection.titleContext(TALK));
        vault.clock.advance(Duration.ofDays(2));
        SealedText recent = say(ANN, TALK);

        node.keys().destroyBefore(TALK, today());
        node.keys().destroyBefore(TALK, today().minusDays(1));

        for (Node each : List.of(node, vault.node())) {
            assertThat(read(each, old, ANN, TALK)).isEmpty();
            assertThat(read(each, recent, ANN, TALK)).contains("text of ann");
            assertThat(read(each, elsewhere, ANN, new ConversationId("elsewhere")))
                    .contains("text of ann");
            assertThat(each.protection().reveal(title, TextProtection.titleContext(TALK)))
                    .contains("Tea");
        }
    }

    @Test
    void aConversationWithoutKeysHasNoneToDestroy() {
        node.keys().destroyBefore(TALK, today());
        assertThat(rows.sql("SELECT count(*) FROM vault.conversation_keys")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theSequenceKeepsTheNewestDestructionOfAConversation() {
        say(ANN, TALK);
        for (int days = 1; days <= 5; days++) {
            node.keys().destroyBefore(TALK, today().plusDays(days));
        }
        assertThat(rows.sql("SELECT day FROM vault.key_destructions")
                        .query(Long.class)
                        .list())
                .containsExactly(today().plusDays(5).toEpochDay());
    }

    @Test
    void conversationsWithOldKeysAreListedInPages() {
        List<ConversationId> conversations =
                List.of("B", "a", "c", "d").stream().map(ConversationId::new).toList();
        LocalDate first = today();
        conversations.forEach(conversation -> say(ANN, conversation));
        vault.clock.advance(Duration.ofDays(3));
        say(ANN, new ConversationId("young"));
        node.keys().destroyBefore(new ConversationId("c"), today());

        List<OldestKey> page = node.keys().keptBefore(today(), null, 2);
        assertThat(page)
                .containsExactly(
                        new OldestKey(new ConversationId("B"), first), new OldestKey(new ConversationId("a"), first));
        assertThat(node.keys().keptBefore(today(), page.getLast().conversation(), 2))
                .containsExactly(new OldestKey(new ConversationId("d"), first));
        assertThat(node.keys().keptBefore(first, null, 10)).isEmpty();
    }

    @Test
    void otherNodesForgetTheKeysWithinASecond() {
        SealedText message = say(ANN, TALK);
        SealedText expiring = say(BOB, TALK);
        Node other = vault.node();
        assertThat(read(other, message, ANN, TALK)).isPresent();
        assertThat(read(other, expiring, BOB, TALK)).isPresent();
        other.keys().start();

        node.keys().destroy(ANN);
        await().atMost(Duration.ofSeconds(1))
                .until(() -> read(other, message, ANN, TALK).isEmpty());
        assertThat(read(other, expiring, BOB, TALK)).isPresent();

        node.keys().destroyBefore(TALK, today().plusDays(1));
        await().atMost(Duration.ofSeconds(1))
                .until(() -> read(other, expiring, BOB, TALK).isEmpty());
        isRefused(other, message(TALK, ANN));
    }

    @Test
    void aNodeThatHearsNothingStopsUsingKeysInMemory() {
        SealedText message = say(ANN, TALK);
        Node other = vault.node();
        assertThat(read(other, message, ANN, TALK)).isPresent();
        node.keys().destroy(ANN);
        // The other node does not follow, so it still has the key.
        assertThat(read(other, message, ANN, TALK)).isPresent();

        vault.nanoTime.addAndGet(TestVault.TRUST.toNanos());
        assertThat(read(other, message, ANN, TALK)).isPresent();
        vault.nanoTime.addAndGet(1);
        assertThat(read(other, message, ANN, TALK)).isEmpty();
    }

    @Test
    void withoutTheVaultKeysInMemoryAreUsedForABoundedTime() {
        SealedText message = say(ANN, TALK);
        assertThat(read(node, message, ANN, TALK)).isPresent();
        database.close();
        assertThat(read(node, message, ANN, TALK)).isPresent();
        vault.nanoTime.addAndGet(TestVault.TRUST.toNanos() + 1);
        assertThatThrownBy(() -> read(node, message, ANN, TALK)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> say(ANN, TALK)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aNodeWhoseVaultIsReplacedDropsAllKeys() {
        SealedText message = say(ANN, TALK);
        node.keys().destroy(BOB);
        assertThat(read(node, message, ANN, TALK)).isPresent();
        rows.sql("TRUNCATE vault.key_destructions, vault.text_keys").update();
        node.keys().start();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> read(node, message, ANN, TALK).isEmpty());
    }
}
