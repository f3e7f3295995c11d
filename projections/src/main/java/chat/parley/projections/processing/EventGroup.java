package chat.parley.projections.processing;

import chat.parley.api.account.AccountEvent;
import chat.parley.api.contact.ContactEvent;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.presence.PresenceEvent;
import chat.parley.eventprocessing.batch.EventSelection;

/** Events that are projected by one processor, and the key that keeps them in order. */
public enum EventGroup implements EventSelection {
    /** By conversation: its own events and everybody's read marks of it. */
    INBOX("inbox"),
    /** By user; what is between two people, by the pair. */
    ACCOUNTS("accounts");

    private final String processor;

    EventGroup(String processor) {
        this.processor = processor;
    }

    public String processor(String generation) {
        return processor + "@" + generation;
    }

    /** As meters name it. */
    public String processor() {
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

    /** A read mark's aggregate is named conversation:user, a presence user:presence. */
    @Override
    public String orderingKey(String aggregate) {
        int end = aggregate.indexOf(':');
        return end < 0 ? aggregate : aggregate.substring(0, end);
    }
}
