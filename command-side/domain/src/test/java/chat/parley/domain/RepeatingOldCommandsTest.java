package chat.parley.domain;

import static chat.parley.domain.ConversationFixture.ANN;
import static chat.parley.domain.ConversationFixture.BEN;
import static chat.parley.domain.ConversationFixture.CLEO;
import static chat.parley.domain.ConversationFixture.DAN;
import static chat.parley.domain.ConversationFixture.GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationCommand;
import chat.parley.api.conversation.ConversationCommand.ChangeReaction;
import chat.parley.api.conversation.ConversationCommand.EditMessage;
import chat.parley.api.conversation.ConversationCommand.RemoveMember;
import chat.parley.api.conversation.ConversationCommand.RetractMessage;
import chat.parley.api.conversation.ConversationCommand.SendMessages;
import chat.parley.api.conversation.ConversationCommand.StartGroup;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.EntryAck;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions do not depend on the number of later entries, nor on snapshots. */
class RepeatingOldCommandsTest {
    /** More entries than the deduplication window holds. */
    private static final int LONG = 1_100;

    private static final long RETRACTED = 2;
    private static final long EDITED = 3;
    private static final long PLAIN = 4;

    /** Positions of the entries whose commands are repeated. */
    private static final long RETRACTION = 5;

    private static final long EDIT = 6;
    private static final long REACTION = 7;
    private static final long TAKEN_BACK = 9;
    private static final long LEFT = 10;
    private static final long REMOVED = 11;

    private final InMemoryConversations world = new InMemoryConversations(10);

    /** A command, and the position or refusal that it is answered with. No command adds an entry. */
    record Again(
            ConversationCommand command,
            @Nullable Long answeredWith,
            @Nullable Refusal refusal) {
        static Again answered(ConversationCommand command, long position) {
            return new Again(command, position, null);
        }

        static Again refused(ConversationCommand command, Refusal refusal) {
            return new Again(command, null, refusal);
        }
    }

    static Stream<Arguments> everythingAgain() {
        return Stream.of(
                        Again.refused(edit(RETRACTED, "back again"), Refusal.MESSAGE_RETRACTED),
                        Again.refused(edit(RETRACTED, "message 2"), Refusal.MESSAGE_RETRACTED),
                        Again.refused(react(ANN, RETRACTED, "👍", true), Refusal.MESSAGE_RETRACTED),
                        Again.answered(react(ANN, RETRACTED, "👍", false), RETRACTED),
                        Again.answered(new RetractMessage(GROUP, BEN, RETRACTED), RETRACTION),
                        Again.answered(new RetractMessage(GROUP, ANN, RETRACTED), RETRACTION),
                        Again.answered(edit(EDITED, "edited"), EDIT),
                        Again.answered(edit(PLAIN, "message 4"), PLAIN),
                        Again.answered(react(ANN, PLAIN, "👍", true), REACTION),
                        Again.answered(react(ANN, PLAIN, "🎉", false), TAKEN_BACK),
                        Again.answered(react(BEN, PLAIN, "🎉", false), PLAIN),
                        Again.answered(react(BEN, EDITED, "👍", false), EDITED),
                        Again.answered(new RemoveMember(GROUP, CLEO, CLEO), LEFT),
                        Again.answered(new RemoveMember(GROUP, ANN, DAN), REMOVED))
                .flatMap(again -> Stream.of(0, LONG)
                        .flatMap(
                                since -> Stream.of(false, true).map(snapshot -> Arguments.of(again, since, snapshot))));
    }

    @ParameterizedTest
    @MethodSource("everythingAgain")
    void areAnsweredAsBefore(Again again, int since, boolean snapshot) {
        muchHappens(since);
        if (snapshot) {
            world.snapshot(GROUP);
        }
        world.clock.advance(Duration.ofHours(1));
        List<ConversationEvent> before = world.entries(GROUP);
        if (again.refusal() != null) {
            assertThatThrownBy(() -> world.change(again.command()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.refusal()).isEqualTo(again.refusal()));
        } else {
            assertThat(world.change(again.command())).isEqualTo(made(before, again.answeredWith()));
        }
        assertThat(world.entries(GROUP)).isEqualTo(before);
    }

    @Test
    void canBeUndoneAndRepeated() {
        muchHappens(LONG);
        int before = world.entries(GROUP).size();

        assertThat(world.change(react(ANN, PLAIN, "👍", false)).position()).isEqualTo(before + 1);
        assertThat(world.change(react(ANN, PLAIN, "👍", true)).position()).isEqualTo(before + 2);
        assertThat(world.change(edit(EDITED, "message 3")).position()).isEqualTo(before + 3);
        assertThat(world.change(edit(EDITED, "edited")).position()).isEqualTo(before + 4);
    }

    @Test
    void doNotReturnInAnOlderEventStore() {
        muchHappens(0);
        SealedText text = new SealedText("key", "nonce", "back again");
        world.happened(
                new MessageEdited(GROUP, BEN, RETRACTED, text, null, "hash", MutableClock.START),
                new ReactionChanged(GROUP, ANN, RETRACTED, "👍", true, MutableClock.START));
        List<ConversationEvent> before = world.entries(GROUP);

        assertThatThrownBy(() -> world.change(edit(RETRACTED, "back again"))).hasMessage("message-retracted");
        assertThatThrownBy(() -> world.change(react(ANN, RETRACTED, "👍", true)))
                .hasMessage("message-retracted");
        assertThat(world.change(react(ANN, RETRACTED, "👍", false)).position()).isEqualTo(RETRACTED);
        assertThat(world.change(new RetractMessage(GROUP, BEN, RETRACTED)).position())
                .isEqualTo(RETRACTION);
        assertThat(world.entries(GROUP)).isEqualTo(before);
    }

    private static EntryAck made(List<ConversationEvent> entries, @Nullable Long position) {
        assertThat(position).isNotNull();
        return new EntryAck(position, entries.get(position.intValue() - 1).at());
    }

    private void muchHappens(int since) {
        world.start(new StartGroup(GROUP, ANN, "Friday", List.of(BEN, CLEO, DAN), false, HistoryAccess.SINCE_JOINED));
        world.send(new SendMessages(
                GROUP,
                IntStream.rangeClosed(2, 4)
                        .mapToObj(position -> ConversationFixture.draft(BEN, "b" + position, "message " + position))
                        .toList()));
        Stream.of(
                        new RetractMessage(GROUP, ANN, RETRACTED),
                        edit(EDITED, "edited"),
                        react(ANN, PLAIN, "👍", true),
                        react(ANN, PLAIN, "🎉", true),
                        react(ANN, PLAIN, "🎉", false),
                        new RemoveMember(GROUP, CLEO, CLEO),
                        new RemoveMember(GROUP, ANN, DAN))
                .forEach(command -> {
                    world.clock.advance(Duration.ofSeconds(1));
                    world.change(command);
                });
        if (since > 0) {
            world.happened(IntStream.range(0, since)
                    .mapToObj(i -> new ReactionChanged(GROUP, BEN, PLAIN, "👍", i % 2 == 0, world.clock.instant()))
                    .toArray(ConversationEvent[]::new));
        }
    }

    private static EditMessage edit(long target, String text) {
        return new EditMessage(GROUP, BEN, target, text, List.of());
    }

    private static ChangeReaction react(UserId by, long target, String emoji, boolean added) {
        return new ChangeReaction(GROUP, by, target, emoji, added);
    }
}
