package chat.parley.push.replay;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.Replay;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.port.EntryLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a conversation from its first entry and gives out what its member received live: the entries from each joining to
 * the following leaving, both included, as they were stored. A message that was edited or retracted later has the text
 * that the member saw then. The pauses are those of the recorded times, divided by the speed.
 */
public final class ReplayPlayer {
    /** A longer pause, such as a night, is shortened to this. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EntryLookup entries;

    public ReplayPlayer(EntryLookup entries) {
        this.entries = entries;
    }

    /** The receiver of a replay. Each method returns whether the replay goes on. */
    interface Listener {
        boolean pause(Duration pause) throws InterruptedException;

        boolean show(RecordedEntry entry) throws InterruptedException;
    }

    /** @return whether the replay came to its end */
    boolean play(Replay replay, Listener listener) throws InterruptedException {
        boolean isMember = false;
        Instant before = null;
        for (long position = 1; ; position++) {
            ConversationEvent event = next(replay, position).orElse(null);
            if (event == null) {
                return true;
            }
            boolean sees = isMember || event.admitted().contains(replay.user());
            isMember = sees && !leaves(event, replay.user());
            if (sees && !isBefore(event, replay.from())) {
                if (before != null && !listener.pause(pause(before, event.at(), replay.speed()))) {
                    return false;
                }
                if (!listener.show(RecordedEntry.of(position, 0, event))) {
                    return false;
                }
                before = event.at();
            }
        }
    }

    private Optional<ConversationEvent> next(Replay replay, long position) {
        return entries.find(replay.conversation(), position)
                .filter(event -> !event.at().isAfter(replay.to()));
    }

    private static boolean leaves(ConversationEvent event, UserId user) {
        return event instanceof MemberLeft left && left.user().equals(user);
    }

    private static boolean isBefore(ConversationEvent event, @Nullable Instant from) {
        return from != null && event.at().isBefore(from);
    }

    private static Duration pause(Instant before, Instant at, int speed) {
        Duration pause = Duration.between(before, at).dividedBy(speed);
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
