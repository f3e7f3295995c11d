package chat.parley.audit.event;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of a range that a filter accepts, in their global order. */
public final class EventSelector {
    private final RawEvents events;
    private final Narrowing narrowing;
    private final EventNames names;

    public EventSelector(RawEvents events, Narrowing narrowing, JsonMapper json) {
        this.events = events;
        this.narrowing = narrowing;
        this.names = new EventNames(json);
    }

    /** Finds the parts of a range that may have events which a filter accepts. Ascending; they do not overlap. */
    @FunctionalInterface
    public interface Narrowing {
        List<EventRange> candidates(EventRange range, EventFilter filter);
    }

    /** Takes each event. */
    @FunctionalInterface
    public interface Consumer {
        void accept(RawEvent event) throws IOException;
    }

    /** Reads only the blocks of the range that may have such events. */
    public void forEach(EventRange range, EventFilter filter, Consumer accepted) throws IOException {
        for (EventRange part : narrowing.candidates(range, filter)) {
            forEach(part, filter, accepted, event -> {});
        }
    }

    /**
     * Reads every event of the range.
     *
     * @param passed takes each event of the range, before {@code accepted} takes it
     */
    public void forEach(EventRange range, EventFilter filter, Consumer accepted, Consumer passed) throws IOException {
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
}
