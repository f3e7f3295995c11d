package chat.parley.audit.event;

import chat.parley.api.port.RawEvents;
import chat.parley.api.port.RawEvents.RawEvent;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Reads the events of a range that a filter accepts, in their global order. */
public final class EventSelector {
    private final RawEvents events;
    private final JsonMapper json;

    public EventSelector(RawEvents events, JsonMapper json) {
        this.events = events;
        this.json = json;
    }

    /** Takes each event. */
    @FunctionalInterface
    public interface Consumer {
        void accept(RawEvent event) throws IOException;
    }

    public void forEach(EventRange range, EventFilter filter, Consumer consumer) throws IOException {
        forEach(range, filter, consumer, event -> {});
    }

    /** @param passed takes each event of the range, before {@code accepted} takes it */
    public void forEach(EventRange range, EventFilter filter, Consumer accepted, Consumer passed) throws IOException {
        long last = range.after();
        try (RawEvents.Reader reader = events.after(last)) {
            while (last < range.through()) {
                List<RawEvent> batch = reader.next();
                for (RawEvent event : batch) {
                    if (event.index() > range.through()) {
                        break;
                    }
                    passed.accept(event);
                    if (filter.accepts(event, json)) {
                        accepted.accept(event);
                    }
                }
                last = batch.getLast().index();
            }
        }
    }
}
