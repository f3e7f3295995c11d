package chat.parley.audit.export;

import chat.parley.audit.document.DocumentFormat;
import chat.parley.audit.event.EventFilter;
import chat.parley.audit.event.EventRange;
import java.util.Optional;

/** @param documents the format in which the archive has the selected entries of conversations as well, if any */
record ArchiveRequest(EventRange range, EventFilter filter, Optional<DocumentFormat> documents) {}
