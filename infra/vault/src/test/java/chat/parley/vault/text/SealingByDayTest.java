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
import chat.parley.vault.text.TestVault.Node;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SealingByDayTest {
    private static final UserId ANN = new UserId("ann");
    private static final ConversationId TALK = new ConversationId("talk");
    private static final TextContext MESSAGE = TextProtection.messageContext(TALK, ANN, new ClientMessageId("1"));

    private final Database database = TestPostgres.database();
    private final TestVault vault = new TestVault(database);
    private final Node node = vault.node();

    @AfterEach
    void close() {
        vault.close();
        database.close();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(vault.clock.instant(), ZoneOffset.UTC);
    }

    private String authorKey() {
        return node.protection()
                .seal(ANN, "", TextProtection.usernameContext(ANN))
                .keyId();
    }

    @Test
    void messagesAndEditsAreSealedForADayAndOtherTextsForTheirAuthorOnly() {
        String author = authorKey();
        assertThat(author).doesNotContain(".");
        String dated = author + "." + today().toEpochDay();
        assertThat(node.protection().seal(ANN, "text", MESSAGE).keyId()).isEqualTo(dated);
        assertThat(node.protection()
                        .seal(ANN, "text", TextProtection.editContext(TALK, ANN, 3))
                        .keyId())
                .isEqualTo(dated);
        assertThat(node.protection()
                        .seal(ANN, "title", TextProtection.titleContext(TALK))
                        .keyId())
                .isEqualTo(author);
    }

    @Test
    void theNextDayHasAnotherKeyAndTheFormerOnesAreStillRead() {
        SealedText before = node.protection().seal(ANN, "yesterday", MESSAGE);
        vault.clock.advance(Duration.ofDays(1));
        SealedText after = node.protection().seal(ANN, "today", MESSAGE);
        vault.clock.advance(Duration.ofDays(3_650));
        SealedText later = node.protection().seal(ANN, "ten years later", MESSAGE);
        assertThat(List.of(before.keyId(), after.keyId(), later.keyId())).doesNotHaveDuplicates();
        for (Node each : List.of(node, vault.node())) {
            assertThat(each.protection().reveal(before, MESSAGE)).contains("yesterday");
            assertThat(each.protection().reveal(after, MESSAGE)).contains("today");
            assertThat(each.protection().reveal(later, MESSAGE)).contains("ten years later");
        }
    }

    @Test
    void aClockPutBackNeitherFailsNorBringsBackDestroyedDays() {
        node.protection().seal(ANN, "text", MESSAGE);
        LocalDate kept = today().plusDays(10);
        vault.clock.advance(Duration.ofDays(10));
        node.keys().destroyBefore(TALK, kept);
        vault.clock.advance(Duration.ofDays(-30));
        for (Node each : List.of(node, vault.node())) {
            SealedText sealed = each.protection().seal(ANN, "in the past", MESSAGE);
            assertThat(sealed.keyId()).endsWith("." + kept.toEpochDay());
            assertThat(node.protection().reveal(sealed, MESSAGE)).contains("in the past");
        }
    }

    @Test
    void aTextFromBeforeConversationsHadKeysIsRead() {
        // Sealed under the author's key only, bound to the same context.
        SealedText old = node.protection().seal(ANN, "old", new TextContext(MESSAGE.binding(), null));
        assertThat(old.keyId()).doesNotContain(".");
        assertThat(node.protection().reveal(old, MESSAGE)).contains("old");
        node.keys().destroyBefore(TALK, today().plusDays(1));
        assertThat(vault.node().protection().reveal(old, MESSAGE)).contains("old");
        node.keys().destroy(ANN);
        assertThat(node.protection().reveal(old, MESSAGE)).isEmpty();
    }

    @Test
    void aForgedKeyNameRevealsNothing() {
        SealedText sealed = node.protection().seal(ANN, "text", MESSAGE);
        String author = authorKey();
        long day = today().toEpochDay();
        assertThat(node.protection().reveal(named(sealed, author + "." + (day - 1)), MESSAGE))
                .isEmpty();
        assertThat(node.protection().reveal(named(sealed, "other." + day), MESSAGE))
                .isEmpty();
        for (String forged : List.of(
                author,
                author + "." + (day + 1),
                author + "." + Long.MAX_VALUE,
                author + ".",
                author + ".x",
                author + "." + day + "." + day)) {
            assertThatThrownBy(() -> node.protection().reveal(named(sealed, forged), MESSAGE))
                    .as(forged)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static SealedText named(SealedText sealed, String keyId) {
        return new SealedText(keyId, sealed.nonce(), sealed.ciphertext());
    }

    @Test
    void aTextWithADayNeedsItsConversation() {
        SealedText sealed = node.protection().seal(ANN, "text", MESSAGE);
        TextContext elsewhere = TextProtection.messageContext(new ConversationId("b"), ANN, new ClientMessageId("1"));
        node.protection().seal(ANN, "text", elsewhere);
        for (TextContext context : List.of(elsewhere, new TextContext(MESSAGE.binding(), null))) {
            assertThatThrownBy(() -> node.protection().reveal(sealed, context))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
