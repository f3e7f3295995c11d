package chat.parley.eventstore.feed;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.EntryLookup;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;

/** Reads entries one by one and caches them, because they never change. A missing entry is not cached. */
public final class CachedEntryLookup implements EntryLookup {
    private static final int KILOBYTE = 1024;

    /** One bounded read of an event store. */
    @FunctionalInterface
    public interface EventLookup {
        Optional<? extends DomainEventMessage<?>> find(String aggregate, long sequenceNumber);
    }

    private record Place(ConversationId conversation, long position) {}

    private final EventLookup events;
    private final Cache<Place, ConversationEvent> known;

    public CachedEntryLookup(EventLookup events, int cachedEntries) {
        this.events = events;
        this.known = Caffeine.newBuilder()
                .maximumWeight(cachedEntries)
                .weigher((Place place, ConversationEvent event) -> 1 + event.textLength() / KILOBYTE)
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
}
