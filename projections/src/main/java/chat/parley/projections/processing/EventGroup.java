package chat.parley.projections.processing;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.eventprocessing.batch.EventSelection;

/** Events that are projected by one processor, and the key that keeps them in order. */
public enum EventGroup implements EventSelection {
    /** Ordered by conversation: its events and all read marks in it. */
    INBOX("inbox"),
    /** Ordered by user; events between two users are ordered by pair. */
    ACCOUNTS("accounts");

    private final String processor;

    EventGroup(String processor) {
        this.processor = processor;
    }

    public String processor(String generation) {
        return processor + "@" + generation;
    }

    /** The name in meters. */
    String processor() {
        return processor;
    }

    @Override
    public boolean includes(Class<?> payloadType) {
        return switch (this) {
            case INBOX ->
                ConversationEvent.class.isAssignableFrom(payloadType)
                        || ReadMarkEvent.class.isAssignableFrom(payloadType);
            case ACCOUNTS ->
                AccountEvent.class.isAssignableFrom(payloadType)
                        || ContactEvent.class.isAssignableFrom(payloadType)
                        || PresenceEvent.class.isAssignableFrom(payloadType);
        };
    }

    /** The aggregate of a read mark is named conversation:user, that of a presence user:presence. */
    @Override
    public String orderingKey(String aggregate) {
        int end = aggregate.indexOf(':');
        return end < 0 ? aggregate : aggregate.substring(0, end);
    }
}
