package chat.parley.audit.event;

import chat.parley.api.conversation.ConversationId;
import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of a range that a filter accepts, in their global order. */
public final class EventSelector {
    /** Events that are read at once when the newest one is looked for. */
    private static final int BACKWARDS = 256;

    private final RawEvents events;
    private final Narrowing narrowing;
    private final EventNames names;

    public EventSelector(RawEvents events, Narrowing narrowing, JsonMapper json) {
        this.events = events;
        this.narrowing = narrowing;
        this.names = new EventNames(json);
    }

    /** Finds the parts of a range that may have events which a selection accepts. Ascending; they do not overlap. */
    @FunctionalInterface
    public interface Narrowing {
        /** @param conversations only events that name one of these; any if empty */
        List<EventRange> candidates(EventRange range, EventFilter filter, Set<String> conversations);
    }

    /** Takes each event. */
    @FunctionalInterface
    public interface Consumer {
        void accept(RawEvent event) throws IOException;
    }

    /** Reads only the parts of the range that may have such events. */
    public void forEach(EventRange range, EventFilter filter, Consumer accepted) throws IOException {
        forEach(parts(range, filter, Set.of()), filter, accepted, event -> {});
    }

    /**
     * The parts of the range that have to be read.
     *
     * @param conversations only events that name one of these; any if empty
     */
    public List<EventRange> parts(EventRange range, EventFilter filter, Set<String> conversations) {
        return narrowing.candidates(range, filter, conversations);
    }

    /**
     * Reads every event of these parts.
     *
     * @param passed takes each of them, before {@code accepted} takes it
     */
    public void forEach(List<EventRange> parts, EventFilter filter, Consumer accepted, Consumer passed)
            throws IOException {
        for (EventRange part : parts) {
            forEach(part, filter, accepted, passed);
        }
    }

    private void forEach(EventRange range, EventFilter filter, Consumer accepted, Consumer passed) throws IOException {
        long last = range.after();
        try (RawEvents.Reader reader = new ReadAhead(events.after(last))) {
            while (last < range.through()) {
                List<RawEvent> batch = reader.next();
                for (RawEvent event : batch) {
                    if (event.index() > range.through()) {
                        break;
                    }
                    passed.accept(event);
                    if (filter.accepts(event, names)) {
                        accepted.accept(event);
                    }
                }
                last = batch.getLast().index();
            }
        }
    }

    /** The newest entry of a conversation in the range; empty if it has none. Reads from the end of the range on. */
    public Optional<RawEvent> newestEntry(ConversationId conversation, EventRange range) {
        EventFilter filter = new EventFilter(conversation, null, Set.of(), 1L, null);
        for (EventRange part : parts(range, filter, Set.of()).reversed()) {
            for (long through = part.through(); through > part.after(); through -= BACKWARDS) {
                EventRange piece = new EventRange(Math.max(part.after(), through - BACKWARDS), through);
                Optional<RawEvent> found = newestEntryOf(conversation, piece);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<RawEvent> newestEntryOf(ConversationId conversation, EventRange piece) {
        RawEvent newest = null;
        long last = piece.after();
        try (RawEvents.Reader reader = events.after(last)) {
            while (last < piece.through()) {
                List<RawEvent> batch = reader.next();
                for (RawEvent event : batch) {
                    if (event.index() <= piece.through() && EventFilter.isEntryOf(conversation, event)) {
                        newest = event;
                    }
                }
                last = batch.getLast().index();
            }
        }
        return Optional.ofNullable(newest);
    }
}
