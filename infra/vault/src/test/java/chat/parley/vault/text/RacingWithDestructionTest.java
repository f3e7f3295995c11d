package chat.parley.vault.text;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.TextContext;
import chat.parley.api.port.TextProtection;
import chat.parley.testing.TestPostgres;
import chat.parley.testing.TestPostgres.Database;
import chat.parley.vault.text.TestVault.Node;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RacingWithDestructionTest {
    private static final UserId ANN = new UserId("ann");
    private static final ConversationId TALK = new ConversationId("talk");
    private static final TextContext MESSAGE = TextProtection.messageContext(TALK, ANN, new ClientMessageId("1"));
    private static final TextContext NAME = TextProtection.displayNameContext(ANN);

    private final Database database = TestPostgres.database();
    private final TestVault vault = new TestVault(database);

    @AfterEach
    void close() {
        vault.close();
        database.close();
    }

    private LocalDate tomorrow() {
        return LocalDate.ofInstant(vault.clock.instant(), ZoneOffset.UTC).plusDays(1);
    }

    /** Runs something after a key was read and before the reader can keep it. */
    private static final class SlowStore implements TextKeyStore {
        private final TextKeyStore store;
        private Runnable afterRead = () -> {};

        SlowStore(TextKeyStore store) {
            this.store = store;
        }

        /** Once. */
        void afterRead(Runnable run) {
            afterRead = run;
        }

        private <T> T read(T key) {
            Runnable run = afterRead;
            afterRead = () -> {};
            run.run();
            return key;
        }

        @Override
        public AuthorKey current(UserId author) {
            return read(store.current(author));
        }

        @Override
        public Optional<AuthorKey> find(String keyId) {
            return read(store.find(keyId));
        }

        @Override
        public KeyChain current(ConversationId conversation, long day) {
            return read(store.current(conversation, day));
        }

        @Override
        public Optional<KeyChain> find(ConversationId conversation) {
            return read(store.find(conversation));
        }
    }

    @Test
    void aKeyThatWasReadBeforeItsDestructionIsNotKeptAfterIt() {
        SealedText message = vault.node().protection().seal(ANN, "text", MESSAGE);
        SlowStore store = new SlowStore(vault.tables());
        Node slow = vault.node(store);
        store.afterRead(() -> slow.keys().destroy(ANN));
        // The read began before the destruction.
        assertThat(slow.protection().reveal(message, MESSAGE)).contains("text");
        assertThat(slow.protection().reveal(message, MESSAGE)).isEmpty();
    }

    @Test
    void aChainThatWasReadBeforeItsDaysWereDestroyedIsNotKeptAfterIt() {
        SealedText message = vault.node().protection().seal(ANN, "text", MESSAGE);
        SlowStore store = new SlowStore(vault.tables());
        Node slow = vault.node(store);
        // The author's opening key is in memory already, so the chain is the next key that is read.
        SealedText name = slow.protection().seal(ANN, "Ann", NAME);
        slow.protection().reveal(name, NAME);
        store.afterRead(() -> slow.keys().destroyBefore(TALK, tomorrow()));
        assertThat(slow.protection().reveal(message, MESSAGE)).contains("text");
        assertThat(slow.protection().reveal(message, MESSAGE)).isEmpty();
    }

    @Test
    void aSealingKeyThatWasReadBeforeItsDestructionIsNotKeptAfterIt() {
        SlowStore store = new SlowStore(vault.tables());
        Node slow = vault.node(store);
        store.afterRead(() -> slow.keys().destroy(ANN));
        SealedText lost = slow.protection().seal(ANN, "text", NAME);
        assertThat(slow.protection().reveal(lost, NAME)).isEmpty();
        assertThat(refusal(() -> slow.protection().seal(ANN, "text", NAME))).isEqualTo(Refusal.USER_UNAVAILABLE);
    }

    private static @Nullable Refusal refusal(Callable<?> action) {
        try {
            action.call();
            return null;
        } catch (Refused refused) {
            return refused.refusal();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Several nodes create the author's first key while one destroys it: no key outlives the destruction. */
    @RepeatedTest(20)
    void noKeyIsCreatedAfterTheDestruction() throws Exception {
        List<Node> nodes = IntStream.range(0, 4).mapToObj(_ -> vault.node()).toList();
        CyclicBarrier together = new CyclicBarrier(nodes.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<SealedText>>> sealing = new ArrayList<>();
            for (Node node : nodes.subList(1, nodes.size())) {
                sealing.add(threads.submit(() -> {
                    together.await();
                    try {
                        return Optional.of(node.protection().seal(ANN, "text", MESSAGE));
                    } catch (Refused refused) {
                        assertThat(refused.refusal()).isEqualTo(Refusal.USER_UNAVAILABLE);
                        return Optional.empty();
                    }
                }));
            }
            together.await();
            nodes.getFirst().keys().destroy(ANN);
            Node reader = vault.node();
            for (Future<Optional<SealedText>> sealed : sealing) {
                sealed.get()
                        .ifPresent(text -> assertThat(reader.protection().reveal(text, MESSAGE))
                                .isEmpty());
            }
            assertThat(refusal(() -> reader.protection().seal(ANN, "text", MESSAGE)))
                    .isEqualTo(Refusal.USER_UNAVAILABLE);
        }
    }

    /** Readers of one node see a text until its key is destroyed, and never after the destruction returned. */
    @RepeatedTest(20)
    void nothingIsRevealedAfterTheDestructionReturned() throws Exception {
        Node node = vault.node();
        SealedText message = node.protection().seal(ANN, "text", MESSAGE);
        CyclicBarrier together = new CyclicBarrier(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> {
                    together.await();
                    while (node.protection().reveal(message, MESSAGE).isPresent()) {
                        Thread.onSpinWait();
                    }
                    return null;
                }));
            }
            together.await();
            node.keys().destroyBefore(TALK, tomorrow());
            assertThat(node.protection().reveal(message, MESSAGE)).isEmpty();
            for (Future<?> reader : readers) {
                reader.get();
            }
            assertThat(node.protection().reveal(message, MESSAGE)).isEmpty();
        }
    }
}
