package chat.parley.api.port;

import java.util.stream.Stream;

/** Reads the events of one aggregate from the event store, decoded. */
@FunctionalInterface
public interface AggregateEvents {
    /** In their order, read as they are consumed; none if there is no such aggregate. */
    Stream<?> of(String aggregate);
}
