package chat.parley.projections.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.Moment;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkId;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Reads the events of conversations and read marks up to a moment. */
final class StoredHistory {
    /** The stream of an aggregate does not tell global indexes, and no answer from it contains one. */
    private static final long NO_INDEX = -1;

    private final EventStore events;

    StoredHistory(EventStore events) {
        this.events = events;
    }

    /**
     * The log of a conversation, at its beginning.
     *
     * @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND}
     */
    Log log(ConversationId id) {
        DomainEventStream stream = events.readEvents(id.value(), 0);
        if (!stream.hasNext()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        return new Log(id, stream);
    }

    /** The events of one conversation, read once from the first to the last. */
    final class Log {
        private final ConversationId id;
        private final DomainEventStream stream;

        private Log(ConversationId id, DomainEventStream stream) {
            this.id = id;
            this.stream = stream;
        }

        PastConversation beginning() {
            return new PastConversation(id);
        }

        void readTo(Moment moment, PastConversation past) {
            readTo(moment, past, (position, event) -> {});
        }

        /**
         * Continues a conversation to a moment, without read marks.
         *
         * @param entries called for each entry as well
         * @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND} or {@link Refusal#POSITION_NOT_FOUND}
         */
        void readTo(Moment moment, PastConversation past, BiConsumer<Long, ConversationEvent> entries) {
            while (stream.hasNext()) {
                DomainEventMessage<?> message = stream.peek();
                if (!(message.getPayload() instanceof ConversationEvent event)) {
                    // The id is that of another kind of aggregate.
                    throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
                }
                RecordedEvent recorded = recorded(message);
                if (!moment.includes(recorded.position(), event.at())) {
                    break;
                }
                stream.next();
                past.apply(recorded, event);
                entries.accept(recorded.position(), event);
            }
            if (!moment.isReached(past.head())) {
                throw new Refused(Refusal.POSITION_NOT_FOUND);
            }
        }

        /** The events of this user's read mark. */
        List<RecordedEvent> readMarks(UserId user) {
            return StoredHistory.this.readMarks(id, user).toList();
        }
    }

    /**
     * Everybody who is or was a member, in the order in which they first joined. Decodes no other events.
     *
     * @throws Refused {@link Refusal#CONVERSATION_NOT_FOUND}
     */
    Set<UserId> participants(ConversationId id) {
        Set<UserId> participants = new LinkedHashSet<>();
        events.readEvents(id.value(), 0)
                .asStream()
                .filter(message -> ConversationEvent.admits(message.getPayloadType()))
                .forEach(message -> participants.addAll(((ConversationEvent) message.getPayload()).admitted()));
        if (participants.isEmpty()) {
            throw new Refused(Refusal.CONVERSATION_NOT_FOUND);
        }
        return participants;
    }

    /** The events of this user's read mark. */
    Stream<RecordedEvent> readMarks(ConversationId id, UserId user) {
        return events.readEvents(new ReadMarkId(id, user).toString(), 0)
                .asStream()
                .map(StoredHistory::recorded);
    }

    private static RecordedEvent recorded(DomainEventMessage<?> message) {
        return new RecordedEvent(
                message.getAggregateIdentifier(), message.getSequenceNumber() + 1, NO_INDEX, message.getPayload());
    }
}
