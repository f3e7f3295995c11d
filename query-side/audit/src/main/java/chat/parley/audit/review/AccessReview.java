package chat.parley.audit.review;

import chat.parley.api.port.RawEvents;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventSelector;
import java.io.IOException;

/** Lists the accesses of a month in the order of their events. */
final class AccessReview {
    private final RawEvents events;
    private final EventSelector selector;
    private final AccessReader reader;

    AccessReview(RawEvents events, EventSelector selector, AccessReader reader) {
        this.events = events;
        this.selector = selector;
        this.reader = reader;
    }

    void write(ReviewMonth month, ReviewFile file) throws IOException {
        selector.forEach(
                month.range(events), EventFilter.ofTypes(AccessReader.TYPES), event -> file.write(reader.read(event)));
        file.end();
    }
}
