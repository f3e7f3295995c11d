package chat.parley.app.health;

import chat.parley.api.port.RawEvents;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Reports whether Axon Server answers. Embedded, the events are in PostgreSQL, for which Spring has a check. */
@Component("eventStoreHealthIndicator")
@ConditionalOnProperty(name = "parley.engines", havingValue = "server")
final class EventStoreHealth extends IndexHealth {
    private final RawEvents events;

    EventStoreHealth(RawEvents events) {
        this.events = events;
    }

    @Override
    long index() {
        return events.head();
    }
}
