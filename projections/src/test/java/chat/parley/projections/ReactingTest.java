package chat.parley.projections;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.FindEntries;
import chat.parley.api.conversation.RecordedEntry.Reactions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What reactions leave in the read model. {@link ReadModelMatchesEventsTest} compares what users see of them. */
class ReactingTest {
    private static final UserId ANN = RandomHistory.USERS.getFirst();
    private static final UserId BEN = RandomHistory.USERS.get(1);
    private static final long MESSAGE = 2;
    private static final int MOST = 2_000;

    private final ReadModelHolder model = new ReadModelHolder();
    private final EventHistoryFixture history = new EventHistoryFixture();

    ReactingTest() {
        new RandomHistory(history::add);
        history.add(RandomHistory.message(RandomHistory.SINCE, ANN, "m1", "text", 1, List.of()));
    }

    private void react(UserId user, String emoji, boolean added) {
        history.add(new ReactionChanged(RandomHistory.SINCE, user, MESSAGE, emoji, added, Instant.EPOCH));
    }

    private List<Reactions> reactions(UserId user) {
        model.write(history.events());
        return model.entries
                .handle(new FindEntries(user, RandomHistory.SINCE, null, null, MESSAGE, 1, null))
                .join()
                .entries()
                .getFirst()
                .reactions();
    }

    private int stored() {
        Document block = model.store.reactions().find().first();
        return block == null ? 0 : block.get("c", Document.class).size();
    }

    @Test
    void aReactionAndItsRemovalLeaveNothing() {
        react(BEN, "x", true);
        react(BEN, "x", false);
        react(BEN, "x", false);
        assertThat(reactions(ANN)).isEmpty();
        assertThat(stored()).isZero();
    }

    @Test
    void ofRepeatedChangesOnlyTheLastIsKeptUntilSomebodyJoins() {
        for (int i = 0; i < 10; i++) {
            react(BEN, "x", true);
            react(BEN, "x", false);
        }
        react(BEN, "x", true);
        history.add(new MemberJoined(RandomHistory.SINCE, new UserId("new"), new UserId("new"), Instant.EPOCH));
        react(ANN, "x", true);
        react(BEN, "x", false);
        react(BEN, "x", true);
        react(BEN, "x", false);
        assertThat(reactions(ANN)).containsExactly(new Reactions("x", List.of(ANN)));
        assertThat(stored()).isEqualTo(3);
    }

    @Test
    void aMessageHasALimitOfStoredReactions() {
        IntStream.range(0, MOST + 10).forEach(i -> react(BEN, "emoji" + i, true));
        react(BEN, "emoji0", false);
        react(ANN, "late", true);
        assertThat(reactions(ANN)).hasSize(MOST).contains(new Reactions("late", List.of(ANN)));
        assertThat(stored()).isEqualTo(MOST);
    }
}
