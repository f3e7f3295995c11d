package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import chat.parley.api.Refusal;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationCommand.JoinGroup;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.SendOutcomes;
import chat.parley.api.conversation.SendOutcomes.Outcome;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A retry is recognised even after the conversation has evicted the message from its window. */
class RetryingLongAfterwardsTest {
    private static final long T = MutableClock.START.toEpochMilli();
    private static final ClientMessageId TIMED = MessageFixtures.v7(T, 1);
    private static final ClientMessageId UNTIMED = new ClientMessageId("my-own-name-1");

    private final InMemoryConversations world = new InMemoryConversations(10);

    @BeforeEach
    void startAnOpenGroup() {
        world.start(new StartGroup(GROUP, ANN, "Friday", List.of(BEN, CLEO), true, HistoryAccess.SINCE_JOINED));
    }

    @Test
    void getsTheFirstAnswer() {
        Outcome first = send(BEN, TIMED, "hello");
        flood();
        world.clock.advance(Duration.ofHours(1));
        int before = entries();

        assertThat(send(BEN, TIMED, "hello")).isEqualTo(first);
        assertThat(entries()).isEqualTo(before);
        assertThat(world.lookups()).isEqualTo(1);
    }

    @Test
    void withOtherContentIsRefused() {
        send(BEN, TIMED, "hello");
        flood();

        assertThat(send(BEN, TIMED, "goodbye")).isEqualTo(Outcome.refused(Refusal.CLIENT_MESSAGE_ID_REUSED));
    }

    @Test
    void newMessagesNeedNoLookup() {
        send(BEN, TIMED, "hello");
        send(BEN, UNTIMED, "hello");
        flood();

        assertThat(send(BEN, MessageFixtures.v7(T + 1, 7), "new").ack()).isNotNull();
        assertThat(send(CLEO, new ClientMessageId("cleos-own-name"), "new").ack())
                .isNotNull();
        assertThat(world.lookups()).isZero();
    }

    @Test
    void aMessageWithAnOldIdIsLookedUpAndSent() {
        send(BEN, TIMED, "hello");
        flood();
        int before = entries();

        assertThat(send(BEN, MessageFixtures.v7(T - 1, 1), "written offline").ack())
                .isNotNull();
        assertThat(entries()).isEqualTo(before + 1);
        assertThat(world.lookups()).isEqualTo(1);
    }

    @Test
    void waitsForTheReadSide() {
        Outcome first = send(BEN, TIMED, "hello");
        flood();
        world.holdBackProjectionsAt(1);
        int before = entries();

        assertThat(send(BEN, TIMED, "hello")).isEqualTo(Outcome.refused(Refusal.RETRY_LATER));
        assertThat(entries()).isEqualTo(before);

        world.letProjectionsCatchUp();
        assertThat(send(BEN, TIMED, "hello")).isEqualTo(first);
    }

    @Test
    void aWaitingMessageIsNotOvertakenByItsSender() {
        send(BEN, TIMED, "hello");
        flood();
        world.holdBackProjectionsAt(1);
        SendOutcomes outcomes = world.send(new SendMessages(
                GROUP,
                List.of(
                        MessageFixtures.draft(BEN, TIMED, "hello"),
                        MessageFixtures.draft(BEN, MessageFixtures.v7(T + 1, 7), "and now this"),
                        MessageFixtures.draft(CLEO, MessageFixtures.v7(T + 1, 8), "from somebody else"))));
        assertThat(outcomes.outcomes())
                .startsWith(Outcome.refused(Refusal.RETRY_LATER), Outcome.refused(Refusal.RETRY_LATER))
                .last()
                .satisfies(other -> assertThat(other.ack()).isNotNull());
    }

    @Test
    void needsTheReadSideOnlyUpToTheEvictedMessages() {
        Outcome first = send(BEN, TIMED, "hello");
        flood();
        world.holdBackProjectionsAt(2);

        assertThat(send(BEN, TIMED, "hello")).isEqualTo(first);
    }

    @Test
    void idsWithoutATimeAreLookedUpOnceOneWasEvicted() {
        Outcome first = send(BEN, UNTIMED, "hello");
        flood();
        int before = entries();

        assertThat(send(BEN, UNTIMED, "hello")).isEqualTo(first);
        assertThat(send(BEN, new ClientMessageId("my-own-name-2"), "hello").ack())
                .isNotNull();
        assertThat(entries()).isEqualTo(before + 1);
        assertThat(world.lookups()).isEqualTo(2);
    }

    @Test
    void worksAfterLeaving() {
        Outcome first = send(BEN, TIMED, "hello");
        flood();
        world.change(new RemoveMember(GROUP, BEN, BEN));

        assertThat(send(BEN, TIMED, "hello")).isEqualTo(first);
        assertThat(send(BEN, MessageFixtures.v7(T - 1, 1), "new")).isEqualTo(Outcome.refused(Refusal.NOT_A_MEMBER));
    }

    @Test
    void worksAfterReturning() {
        Outcome first = send(BEN, TIMED, "hello");
        flood();
        world.change(new RemoveMember(GROUP, BEN, BEN));
        world.change(new JoinGroup(GROUP, BEN));

        assertThat(send(BEN, TIMED, "hello")).isEqualTo(first);
    }

    @Test
    void worksAfterReturningIfTheMessageWasEvictedMeanwhile() {
        Outcome first = send(BEN, TIMED, "hello");
        world.change(new RemoveMember(GROUP, BEN, BEN));
        flood();
        world.change(new JoinGroup(GROUP, BEN));

        assertThat(send(BEN, TIMED, "hello")).isEqualTo(first);
    }

    @Test
    void leavesSnapshotsSmallAndWithoutTexts() {
        send(BEN, TIMED, "a rather secret word");
        flood();
        flood();
        String snapshot = world.snapshotOf(GROUP);
        flood();
        flood();

        assertThat(world.snapshotOf(GROUP).length()).isCloseTo(snapshot.length(), offset(DeduplicationWindow.SIZE));
        assertThat(snapshot).doesNotContain("secret", "flood", "Friday");
    }

    private void flood() {
        long later = T + 1_000_000L * entries();
        MessageFixtures.flood(GROUP, ANN, later)
                .forEach(batch -> world.send(batch)
                        .outcomes()
                        .forEach(outcome -> assertThat(outcome.refusal()).isNull()));
    }

    private Outcome send(UserId by, ClientMessageId id, String text) {
        return world.send(new SendMessages(GROUP, List.of(MessageFixtures.draft(by, id, text))))
                .outcomes()
                .getFirst();
    }

    private int entries() {
        return world.entries(GROUP).size();
    }
}
