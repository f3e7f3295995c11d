package chat.parley.push.replay;

import static org.assertj.core.api.Assertions.assertThat;

import chat.parley.api.SealedText;
import chat.parley.api.account.AccountEvent.SettingsChanged;
import chat.parley.api.account.AccountEvent.UserBlocked;
import chat.parley.api.account.AccountEvent.UserUnblocked;
import chat.parley.api.account.Settings;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.inbox.ReadMarkId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final Map<String, List<Object>> stored = new HashMap<>();
    private final ReplayPlayer player = player(log);
    private final List<String> frames = new ArrayList<>();
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

    private ReplayPlayer player(List<ConversationEvent> entries) {
        return new ReplayPlayer(
                (conversation, position) ->
                        position <= entries.size() ? Optional.of(entries.get((int) position - 1)) : Optional.empty(),
                aggregate -> stored.getOrDefault(aggregate, List.of()).stream());
    }

    private void store(String aggregate, Object... events) {
        stored.put(aggregate, List.of(events));
    }

    private boolean play(UserId user, @Nullable Instant from, Instant to, int speed) throws InterruptedException {
        return play(player, user, from, to, speed);
    }

    private boolean play(ReplayPlayer player, UserId user, @Nullable Instant from, Instant to, int speed)
            throws InterruptedException {
        return player.play(new Replay(CLUB, user, from, to, speed), new ReplayPlayer.Listener() {
            @Override
            public boolean pause(Duration pause) {
                pauses.add(pause);
                return true;
            }

            @Override
            public boolean show(RecordedEntry entry) {
                assertThat(entry.retractedBy()).isNull();
                assertThat(entry.edit()).isNull();
                shown.add(entry.position());
                frames.add("entry " + entry.position());
                return shown.size() < closedAfter;
            }

            @Override
            public boolean show(ReadMarkEvent mark) {
                frames.add(
                        mark instanceof ReadMarkMoved moved
                                ? moved.user() + " read " + moved.position()
                                : mark.getClass().getSimpleName());
                return frames.size() < closedAfter;
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

    private static ReadMarkMoved read(UserId user, long position, long second) {
        return new ReadMarkMoved(CLUB, user, position, at(second));
    }

    private void storeMarks(UserId user, Object... marks) {
        store(new ReadMarkId(CLUB, user).toString(), marks);
    }

    @Test
    void showsTheMembersOwnReadMarksBetweenTheEntries() throws InterruptedException {
        storeMarks(
                BOB,
                read(BOB, 4, 30),
                new PreferencesChanged(CLUB, BOB, true, false, false, at(31)),
                read(BOB, 5, 45),
                read(BOB, 8, 75),
                read(BOB, 10, 3_690),
                read(BOB, 10, 9_000));
        storeMarks(ANN, read(ANN, 4, 32));
        assertThat(play(BOB, null, at(4_000), 1_000)).isTrue();
        // What Bob read while he was no member is not shown, and neither is what others read in a group.
        assertThat(frames)
                .containsExactly(
                        "entry 3",
                        "entry 4",
                        "bob read 4",
                        "PreferencesChanged",
                        "entry 5",
                        "entry 8",
                        "bob read 8",
                        "entry 9",
                        "entry 10",
                        "bob read 10");
    }

    @Test
    void showsOnlyTheReadMarksOfItsTime() throws InterruptedException {
        storeMarks(ANN, read(ANN, 1, 5), read(ANN, 3, 25), read(ANN, 5, 45));
        assertThat(play(ANN, at(10), at(40), 10)).isTrue();
        assertThat(frames).containsExactly("entry 2", "entry 3", "ann read 3", "entry 4", "entry 5");
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void endsWithTheSocketAtAReadMark() throws InterruptedException {
        storeMarks(ANN, read(ANN, 1, 5), read(ANN, 2, 11));
        closedAfter = 2;
        assertThat(play(ANN, null, at(9_999), 1)).isFalse();
        assertThat(frames).containsExactly("entry 1", "ann read 1");
    }

    @Test
    void showsWhatTheOtherPersonOfADirectConversationReadIfTheyLetItBeSeenThen() throws InterruptedException {
        List<ConversationEvent> direct = List.of(new DirectStarted(CLUB, ANN, BOB, at(0)), sent(10));
        storeMarks(
                BOB,
                read(BOB, 1, 1),
                read(BOB, 2, 21),
                new PreferencesChanged(CLUB, BOB, true, false, false, at(22)),
                read(BOB, 3, 31),
                read(BOB, 4, 41),
                read(BOB, 5, 51),
                read(BOB, 6, 61));
        store(BOB.value(), settings(BOB, false, 20), settings(BOB, true, 30), new UserBlocked(BOB, ANN, at(60)));
        store(ANN.value(), new UserBlocked(ANN, BOB, at(40)), new UserUnblocked(ANN, BOB, at(50)));
        assertThat(play(player(direct), ANN, null, at(100), 1_000)).isTrue();
        assertThat(frames).containsExactly("entry 1", "bob read 1", "entry 2", "bob read 3", "bob read 5");
    }

    private static SettingsChanged settings(UserId user, boolean readReceipts, long second) {
        Settings usual = Settings.DEFAULT;
        return new SettingsChanged(
                user,
                new Settings(
                        usual.contactRequests(),
                        usual.groupAdditions(),
                        readReceipts,
                        usual.notifications(),
                        usual.textInNotifications(),
                        usual.quietHours(),
                        usual.language()),
                at(second));
    }
}
