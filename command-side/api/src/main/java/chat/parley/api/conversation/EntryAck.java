package chat.parley.api.conversation;

import java.time.Instant;

/** The entry is durable at this position. */
public record EntryAck(long position, Instant at) {}
