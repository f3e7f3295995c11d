package chat.parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.ConversationId;
import chat.parley.api.Entries;
import chat.parley.api.FindMissed;
import chat.parley.api.Memberships;
import chat.parley.api.Refusal;
import chat.parley.api.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlockCheckTest {
    private static final UserId ANN = new UserId("ann");
    private static final UserId BEN = new UserId("ben");
    private static final ConversationId DIRECT = new ConversationId("direct");
    private static final ConversationId GROUP = new ConversationId("group");
    private static final long START = 40;

    private final Asked readModel = new Asked();
    private final BlockCheck check = new BlockCheck(readModel, Runnable::run);

    BlockCheckTest() {
        check.startAfter(START);
    }

    @Test
    void eachPersonIsAskedAboutOnceAndFollowedFromThen() {
        assertThat(check.whyNot(ANN, DIRECT)).isEmpty();
        assertThat(check.whyNot(BEN, DIRECT)).isEmpty();
        check.blocked(BEN, ANN, 41);
        assertThat(check.whyNot(ANN, DIRECT)).contains(Refusal.BLOCKED);
        assertThat(check.whyNot(BEN, DIRECT)).contains(Refusal.BLOCKED);
        check.blocked(ANN, BEN, 42);
        check.unblocked(BEN, ANN, 43);
        assertThat(check.whyNot(ANN, DIRECT)).contains(Refusal.BLOCKED);
        check.unblocked(ANN, BEN, 44);
        assertThat(check.whyNot(ANN, DIRECT)).isEmpty();
        assertThat(readModel.askedAt).containsExactly(START, START);
    }

    @Test
    void whoIsNotRememberedIsAskedAboutAsOfTheLastChange() {
        check.blocked(ANN, BEN, 41);
        readModel.blocks.add(List.of(ANN, BEN));
        assertThat(check.whyNot(BEN, DIRECT)).contains(Refusal.BLOCKED);
        assertThat(readModel.askedAt).allMatch(index -> index == 41);
    }

    @Test
    void aBlockIsNotForgottenForAnAnswerThatIsOlder() throws InterruptedException {
        SynchronousQueue<Set<UserId>> answers = new SynchronousQueue<>();
        readModel.answers = answers;
        BlockCheck slow = new BlockCheck(readModel, Thread::startVirtualThread);
        slow.startAfter(START);
        CompletableFuture<Optional<Refusal>> asking =
                CompletableFuture.supplyAsync(() -> slow.whyNot(BEN, DIRECT), Thread::startVirtualThread);
        readModel.asked.put("");
        slow.blocked(ANN, BEN, 41);
        answers.put(Set.of());
        readModel.asked.put("");
        answers.put(Set.of());
        assertThat(asking).succeedsWithin(Duration.ofSeconds(10));
        assertThat(slow.whyNot(BEN, DIRECT)).contains(Refusal.BLOCKED);
    }

    @Test
    void nobodyMayWriteWhileNobodyKnowsAndThenTheyMay() {
        readModel.isBroken = true;
        assertThat(check.whyNot(ANN, DIRECT)).contains(Refusal.RETRY_LATER);
        readModel.isBroken = false;
        assertThat(check.whyNot(ANN, DIRECT)).isEmpty();
    }

    @Test
    void aGroupKnowsNoBlocks() {
        readModel.blocks.add(List.of(ANN, BEN));
        assertThat(check.whyNot(ANN, GROUP)).isEmpty();
        assertThat(readModel.askedAt).isEmpty();
    }

    private static final class Asked implements ReadModel {
        private final Set<List<UserId>> blocks = new HashSet<>();
        private final List<Long> askedAt = new ArrayList<>();
        private final SynchronousQueue<String> asked = new SynchronousQueue<>();
        private @Nullable SynchronousQueue<Set<UserId>> answers;
        private boolean isBroken;

        @Override
        public List<UserId> peopleOfDirect(UserId asking, ConversationId conversation) {
            return conversation.equals(DIRECT) ? List.of(ANN, BEN) : List.of();
        }

        @Override
        public Set<UserId> blockedBy(UserId user, long atLeastIndex) throws InterruptedException {
            askedAt.add(atLeastIndex);
            if (isBroken) {
                throw new IllegalStateException("There is no read side");
            }
            if (answers != null) {
                asked.take();
                return answers.take();
            }
            Set<UserId> found = new HashSet<>();
            blocks.stream().filter(block -> block.getFirst().equals(user)).forEach(block -> found.add(block.getLast()));
            return found;
        }

        @Override
        public Memberships memberships(UserId user, long atLeastIndex) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Entries missed(FindMissed query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean tellsReads(UserId user, long atLeastIndex) {
            throw new UnsupportedOperationException();
        }
    }
}
