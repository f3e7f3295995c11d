package chat.parley.push.replay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlayingBackTest {
    private static final ConversationId CLUB = new ConversationId("club");
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final Instant START = Instant.parse("2026-11-15T09:00:00Z");
    private static final SealedText TEXT = new SealedText("key", "nonce", "text");

    /** Bob is a member at positions 3 to 5 and from 8 on, although everybody may read the whole history. */
    private final List<ConversationEvent> log = List.of(
            new GroupStarted(CLUB, ANN, TEXT, List.of(), true, HistoryAccess.ALL, at(0)),
            sent(10),
            new MemberJoined(CLUB, ANN, BOB, at(20)),
            sent(30),
            new MemberLeft(CLUB, BOB, BOB, at(40)),
            sent(50),
            new MessageRetracted(CLUB, ANN, 4, at(60)),
            new MemberJoined(CLUB, ANN, BOB, at(70)),
            sent(3_670),
            new MessageRetracted(CLUB, ANN, 9, at(3_680)));

    private final ReplayPlayer player = new ReplayPlayer((conversation, position) ->
            position <= log.size() ? Optional.of(log.get((int) position - 1)) : Optional.empty());
    private final List<Long> shown = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long closedAfter = Long.MAX_VALUE;

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }

    private static MessageSent sent(long second) {
        return new MessageSent(
                CLUB, ANN, new ClientMessageId("m" + second), TEXT, "hash", 1, null, List.of(), at(second));
    }

    private boolean play(UserId user, @Nullable Instant from, Instant to, int speed) throws InterruptedException {
        return player.play(new Replay(CLUB, user, from, to, speed), new ReplayPlayer.Listener() {
            @Override
            public boolean pause(Duration pause) {
                pauses.add(pause);
                return true;
            }

            @Override
            public boolean show(RecordedEntry entry) {
                assertThat(entry.event()).isEqualTo(log.get((int) entry.position() - 1));
                assertThat(entry.retractedBy()).isNull();
                shown.add(entry.position());
                return shown.size() < closedAfter;
            }
        });
    }

    @Test
    void showsWhatTheMemberReceivedLive() throws InterruptedException {
        assertThat(play(BOB, null, at(9_999), 1_000)).isTrue();
        assertThat(shown).containsExactly(3L, 4L, 5L, 8L, 9L, 10L);
    }

    @Test
    void pausesAsItHappenedDividedByTheSpeedAndNeverForLong() throws InterruptedException {
        assertThat(play(BOB, null, at(9_999), 10)).isTrue();
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        ReplayPlayer.LONGEST_PAUSE,
                        Duration.ofSeconds(1));
    }

    @Test
    void leavesOutWhatIsOutsideTheTime() throws InterruptedException {
        assertThat(play(ANN, at(10), at(40), 1)).isTrue();
        assertThat(shown).containsExactly(2L, 3L, 4L, 5L);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void showsNothingToSomebodyWhoWasNeverAMember() throws InterruptedException {
        assertThat(play(new UserId("eve"), null, at(9_999), 1)).isTrue();
        assertThat(shown).isEmpty();
    }

    @Test
    void endsWithTheSocket() throws InterruptedException {
        closedAfter = 2;
        assertThat(play(BOB, null, at(9_999), 1)).isFalse();
        assertThat(shown).containsExactly(3L, 4L);
    }
}
