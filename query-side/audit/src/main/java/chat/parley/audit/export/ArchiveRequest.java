package chat.parley.audit.export;

import chat.parley.api.port.RawEvents.RawEvent;
import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import chat.parley.verify.Manifest;
import java.util.Optional;
import java.util.Set;

/**
 * What an archive shall have.
 *
 * @param hits      the hits of a search, if only their events are wanted
 * @param documents the format in which the archive has the selected entries of conversations as well, if any
 */
public record ArchiveRequest(
        EventRange range, EventFilter filter, Optional<HitSelection> hits, Optional<DocumentFormat> documents) {
    /** Whether an event that the filter accepts is wanted. */
    boolean accepts(RawEvent event) {
        return hits.isEmpty() || hits.get().accepts(event);
    }

    /** The conversations that wanted events are of; empty if any. */
    Set<String> conversations() {
        return hits.map(HitSelection::conversations).orElse(Set.of());
    }

    /** The selection in the manifest. */
    String described() {
        if (hits.isPresent()) {
            return filter.described() + " " + hits.get().described();
        }
        return filter.isAll() ? Manifest.ALL : filter.described();
    }
}
