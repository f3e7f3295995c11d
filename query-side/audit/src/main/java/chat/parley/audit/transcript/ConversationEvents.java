package chat.parley.audit.transcript;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * The events of one conversation, which are read from the store once if they are small enough to be kept in the memory,
 * and each time otherwise. Not thread-safe.
 */
final class ConversationEvents {
    /** With their objects some 100 MB; two exports keep two conversations each. */
    private static final long MOST_CHARACTERS = 24L * 1024 * 1024;

    /** Stands for what an event has besides its text. */
    private static final long CHARACTERS_PER_EVENT = 250;

    private final EventStore store;
    private final SelectedEntries.OfConversation selected;
    private final List<ConversationEvent> kept = new ArrayList<>();
    private long characters;
    private boolean complete;

    ConversationEvents(EventStore store, SelectedEntries.OfConversation selected) {
        this.store = store;
        this.selected = selected;
    }

    /** Takes each event. */
    @FunctionalInterface
    interface Consumer {
        void accept(long position, ConversationEvent event) throws IOException;
    }

    /** In their order, up to the end of the range. */
    void forEach(Consumer consumer) throws IOException {
        if (complete) {
            long position = 0;
            for (ConversationEvent event : kept) {
                position++;
                consumer.accept(position, event);
            }
            return;
        }
        read(consumer);
        complete = isSmall();
    }

    private void read(Consumer consumer) throws IOException {
        try (EventsAhead log =
                new EventsAhead(store.readEvents(selected.conversation().value(), 0), selected.through())) {
            for (List<DomainEventMessage<?>> batch = log.next(); !batch.isEmpty(); batch = log.next()) {
                for (DomainEventMessage<?> message : batch) {
                    ConversationEvent event = (ConversationEvent) message.getPayload();
                    keep(event);
                    consumer.accept(message.getSequenceNumber() + 1, event);
                }
            }
        }
    }

    private void keep(ConversationEvent event) {
        if (!isSmall()) {
            return;
        }
        characters += CHARACTERS_PER_EVENT
                + switch (event) {
                    case MessageSent sent -> sent.text().ciphertext().length();
                    case MessageEdited edited -> edited.text().ciphertext().length();
                    default -> 0;
                };
        kept.add(event);
        if (!isSmall()) {
            kept.clear();
        }
    }

    private boolean isSmall() {
        return characters <= MOST_CHARACTERS;
    }
}
