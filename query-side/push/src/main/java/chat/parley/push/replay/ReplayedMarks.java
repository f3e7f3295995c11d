package chat.parley.push.replay;

import chat.parley.api.account.UserId;
import chat.parley.api.audit.Replay;
import chat.parley.api.contact.BlockPolicy;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.api.port.AggregateEvents;
import chat.parley.push.fanout.ReadReceipts;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The read marks that a member received live: those of their own other devices, and in a direct conversation those of the
 * other person, as far as that person's settings and the blocks between the two allowed it at that time.
 */
final class ReplayedMarks {
    private final AggregateEvents events;
    private final Replay replay;
    private final PastRelationships relations;
    private final ReadReceipts receipts;

    ReplayedMarks(AggregateEvents events, Replay replay) {
        this.events = events;
        this.replay = replay;
        this.relations = new PastRelationships(events);
        this.receipts = new ReadReceipts(relations, new BlockPolicy(relations));
    }

    /**
     * In the order of their times.
     *
     * @param first the first entry of the conversation
     */
    Queue<ReadMarkEvent> in(@Nullable ConversationEvent first) {
        List<UserId> others = first instanceof DirectStarted direct
                ? direct.admitted().stream()
                        .filter(user -> !user.equals(replay.user()))
                        .toList()
                : List.of();
        return new ArrayDeque<>(Stream.concat(
                        of(replay.user()),
                        others.stream()
                                .flatMap(other -> of(other).filter(ReadMarkMoved.class::isInstance))
                                .filter(this::wasAllowed))
                .sorted(Comparator.comparing(ReadMarkEvent::at))
                .toList());
    }

    private Stream<ReadMarkEvent> of(UserId user) {
        return events.of(new ReadMarkId(replay.conversation(), user).toString()).map(ReadMarkEvent.class::cast);
    }

    private boolean wasAllowed(ReadMarkEvent mark) {
        relations.advanceTo(mark.at());
        return Boolean.TRUE.equals(receipts.isAllowedIfKnown(mark.user(), replay.user()));
    }
}
