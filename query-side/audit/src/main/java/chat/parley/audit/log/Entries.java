package chat.parley.audit.log;

import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.transparency.entry.CanonicalMetadata;
import chat.parley.transparency.entry.EventEntry;
import chat.parley.transparency.entry.Salt;
import chat.parley.transparency.tree.Hash;
import java.util.Map;
import java.util.Optional;

/** The log's entries of stored events. */
final class Entries {
    /** Most events have no metadata. */
    private static final Hash NO_METADATA = CanonicalMetadata.hash(Map.of());

    private Entries() {}

    static EventEntry of(RawEvent event, Salt salt) {
        return new EventEntry(
                event.index(),
                event.type(),
                Optional.ofNullable(event.revision()),
                Optional.ofNullable(event.aggregateType()),
                event.aggregate(),
                event.sequence(),
                event.id(),
                event.atMillis(),
                Hash.plain(event.payload()),
                event.metadata().isEmpty() ? NO_METADATA : CanonicalMetadata.hash(event.metadata()),
                salt);
    }
}
