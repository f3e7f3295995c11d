package chat.parley.projections;

import chat.parley.api.AccountEvent;
import chat.parley.api.ContactEvent;
import chat.parley.api.ConversationEvent;
import chat.parley.api.PresenceEvent;
import chat.parley.api.ReadMarkEvent;

/** Events that are projected by one processor, and what keeps them in order. */
enum EventGroup {
    /** By conversation: its own events and everybody's read marks of it. */
    INBOX("inbox"),
    /** By user; what is between two people, by the pair. */
    ACCOUNTS("accounts");

    private final String processor;

    EventGroup(String processor) {
        this.processor = processor;
    }

    String processor(String generation) {
        return processor + "@" + generation;
    }

    /** As meters name it. */
    String processor() {
        return processor;
    }

    boolean has(Class<?> payloadType) {
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

    /** Events of the same sequence stay in order. A read mark's aggregate is named conversation:user, a presence user:presence. */
    static String sequence(String aggregate) {
        int end = aggregate.indexOf(':');
        return end < 0 ? aggregate : aggregate.substring(0, end);
    }
}
