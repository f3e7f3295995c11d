package chat.parley.eventstore.feed;

import chat.parley.api.Sealed;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryAt;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** Looks entries up one by one and remembers them; entries never change. What is not there yet is not remembered. */
public final class CachedEntryAt implements EntryAt {
    private static final int KILOBYTE = 1024;

    /** One bounded read of an event store. */
    @FunctionalInterface
    public interface EventLookup {
        Optional<? extends DomainEventMessage<?>> find(String aggregate, long sequenceNumber);
    }

    private record Place(ConversationId conversation, long position) {}

    private final EventLookup events;
    private final Cache<Place, ConversationEvent> known;

    public CachedEntryAt(EventLookup events, int cachedEntries) {
        this.events = events;
        this.known = Caffeine.newBuilder()
                .maximumWeight(cachedEntries)
                .weigher((Place place, ConversationEvent event) -> 1 + textLength(event) / KILOBYTE)
                .build();
    }

    @Override
    public Optional<ConversationEvent> find(ConversationId conversation, long position) {
        if (position < 1) {
            return Optional.empty();
        }
        Place place = new Place(conversation, position);
        ConversationEvent cached = known.getIfPresent(place);
        return cached != null ? Optional.of(cached) : read(place);
    }

    private Optional<ConversationEvent> read(Place place) {
        Optional<ConversationEvent> read = events.find(place.conversation().value(), place.position() - 1)
                .map(DomainEventMessage::getPayload)
                .filter(ConversationEvent.class::isInstance)
                .map(ConversationEvent.class::cast);
        read.ifPresent(event -> known.put(place, event));
        return read;
    }

    private static int textLength(ConversationEvent event) {
        @Nullable
        Sealed text = switch (event) {
            case ConversationEvent.MessageSent sent -> sent.text();
            case ConversationEvent.MessageEdited edited -> edited.text();
            default -> null;
        };
        return text == null ? 0 : text.ciphertext().length();
    }
}
