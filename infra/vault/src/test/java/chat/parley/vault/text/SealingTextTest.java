package chat.parley.vault.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SealingTextTest {
    private static final UserId ANN = new UserId("ann");
    private static final TextContext CONTEXT =
            TextProtection.messageContext(new ConversationId("c"), ANN, new ClientMessageId("1"));

    private final Database database = TestPostgres.database();
    private final TestVault vault = new TestVault(database);
    private final TextProtection protection = node();

    /** Another node, or this one after a restart, with nothing in memory. */
    private TextProtection node() {
        return vault.node().protection();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aSealedTextCanBeOpenedOnEveryNode() {
        String text = "한국어, emoji 🙂 and\nlines " + "x".repeat(100_000);
        SealedText sealed = protection.seal(ANN, text, CONTEXT);
        assertThat(protection.reveal(sealed, CONTEXT)).contains(text);
        assertThat(node().reveal(sealed, CONTEXT)).contains(text);
        assertThat(Base64.getDecoder().decode(sealed.nonce())).hasSize(12);
    }

    @Test
    void theSameTextIsSealedDifferentlyEachTime() {
        Set<SealedText> sealed = new HashSet<>();
        IntStream.range(0, 100).forEach(i -> sealed.add(protection.seal(ANN, "again", CONTEXT)));
        assertThat(sealed).hasSize(100);
        assertThat(sealed)
                .map(SealedText::keyId)
                .containsOnly(sealed.iterator().next().keyId());
    }

    @Test
    void everyAuthorHasAnOwnKey() {
        assertThat(protection.seal(ANN, "a", CONTEXT).keyId())
                .isNotEqualTo(protection.seal(new UserId("bob"), "a", CONTEXT).keyId());
    }

    @Test
    void aTextMovedToAnotherContextIsRefused() {
        SealedText sealed = protection.seal(ANN, "text", CONTEXT);
        assertThatThrownBy(() -> protection.reveal(sealed, TextProtection.displayNameContext(ANN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("text\"");
    }

    @Test
    void anAlteredTextIsRefused() {
        SealedText sealed = protection.seal(ANN, "text", CONTEXT);
        byte[] altered = Base64.getDecoder().decode(sealed.ciphertext());
        altered[0] ^= 1;
        String ciphertext = Base64.getEncoder().encodeToString(altered);
        List<SealedText> forgeries = List.of(
                new SealedText(sealed.keyId(), sealed.nonce(), ciphertext),
                new SealedText(sealed.keyId(), "AAAAAAAAAAAAAAAA", sealed.ciphertext()),
                new SealedText(sealed.keyId(), "", sealed.ciphertext()),
                new SealedText(sealed.keyId(), sealed.nonce(), "AAAA"),
                new SealedText(sealed.keyId(), sealed.nonce(), "not Base64!"));
        for (SealedText forged : forgeries) {
            assertThatThrownBy(() -> protection.reveal(forged, CONTEXT)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aDestroyedKeyReadsAsEmpty() {
        SealedText sealed = protection.seal(ANN, "text", CONTEXT);
        JdbcClient.create(database.dataSource())
                .sql("DELETE FROM vault.text_keys")
                .update();
        TextProtection other = node();
        assertThat(other.reveal(sealed, CONTEXT)).isEmpty();
        assertThat(other.reveal(sealed, TextProtection.editContext(new ConversationId("other"), ANN, 1)))
                .isEmpty();
    }

    @Test
    void concurrentNodesUseTheSameKey() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<SealedText>> racers = IntStream.range(0, 8)
                    .<Callable<SealedText>>mapToObj(i -> {
                        TextProtection node = node();
                        return () -> node.seal(ANN, "text", CONTEXT);
                    })
                    .toList();
            Set<String> keys = new HashSet<>();
            for (Future<SealedText> sealed : threads.invokeAll(racers)) {
                keys.add(sealed.get().keyId());
            }
            assertThat(keys).hasSize(1);
        }
    }

    @Test
    void aKeySurvivesTheRollbackOfTheCallersTransaction() {
        TransactionTemplate transaction =
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        SealedText sealed = transaction.execute(status -> {
            status.setRollbackOnly();
            return protection.seal(ANN, "text", CONTEXT);
        });
        assertThat(node().reveal(sealed, CONTEXT)).contains("text");
    }
}
