package chat.parley.push.replay;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.port.AggregateEvents;
import chat.parley.api.port.EntryLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a conversation from its first entry and gives out what its member received live: the entries from each joining to
 * the following leaving, both included, as they were stored, and between them the read marks. A message that was edited or
 * retracted later has the text that the member saw then. The pauses are those of the recorded times, divided by the speed.
 */
public final class ReplayPlayer {
    /** A longer pause, such as a night, is shortened to this. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EntryLookup entries;
    private final AggregateEvents events;

    /** @param events of read marks and accounts */
    public ReplayPlayer(EntryLookup entries, AggregateEvents events) {
        this.entries = entries;
        this.events = events;
    }

    /** The receiver of a replay. Each method returns whether the replay goes on. */
    interface Listener {
        boolean pause(Duration pause) throws InterruptedException;

        boolean show(RecordedEntry entry) throws InterruptedException;

        boolean show(ReadMarkEvent mark) throws InterruptedException;
    }

    /** @return whether the replay came to its end */
    boolean play(Replay replay, Listener listener) throws InterruptedException {
        return new Playback(replay, listener).run();
    }

    private final class Playback {
        private final Replay replay;
        private final Listener listener;
        private final Queue<ReadMarkEvent> marks;
        private boolean isMember;
        /** Time of what was shown last. */
        private @Nullable Instant before;

        Playback(Replay replay, Listener listener) {
            this.replay = replay;
            this.listener = listener;
            this.marks = new ReplayedMarks(events, replay)
                    .in(entries.find(replay.conversation(), 1).orElse(null));
        }

        boolean run() throws InterruptedException {
            for (long position = 1; ; position++) {
                ConversationEvent event = next(position).orElse(null);
                if (!showMarksBefore(event == null ? Instant.MAX : event.at())) {
                    return false;
                }
                if (event == null) {
                    return true;
                }
                boolean sees = isMember || event.admitted().contains(replay.user());
                isMember = sees && !leaves(event, replay.user());
                boolean isShown = sees && isInTime(event.at());
                if (isShown && !(advance(event.at()) && listener.show(RecordedEntry.of(position, 0, event)))) {
                    return false;
                }
            }
        }

        private Optional<ConversationEvent> next(long position) {
            return entries.find(replay.conversation(), position)
                    .filter(event -> !event.at().isAfter(replay.to()));
        }

        private boolean showMarksBefore(Instant end) throws InterruptedException {
            for (ReadMarkEvent mark = marks.peek(); mark != null && mark.at().isBefore(end); mark = marks.peek()) {
                marks.remove();
                boolean isShown = isMember && isInTime(mark.at());
                if (isShown && !(advance(mark.at()) && listener.show(mark))) {
                    return false;
                }
            }
            return true;
        }

        /** Pauses for as long as it took from what was shown last to this moment. */
        private boolean advance(Instant at) throws InterruptedException {
            boolean goesOn = before == null || listener.pause(pause(before, at, replay.speed()));
            before = at;
            return goesOn;
        }

        private boolean isInTime(Instant at) {
            return (replay.from() == null || !at.isBefore(replay.from())) && !at.isAfter(replay.to());
        }
    }

    private static boolean leaves(ConversationEvent event, UserId user) {
        return event instanceof MemberLeft left && left.user().equals(user);
    }

    private static Duration pause(Instant before, Instant at, int speed) {
        Duration pause = Duration.between(before, at).dividedBy(speed);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
