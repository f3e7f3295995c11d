package chat.parley.audit.transcript;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A conversation after its first reading. For one thread at a time. */
public final class ReadConversation implements Closeable {
    private static final int MICROS_PER_MILLI = 1_000;

    private final SelectedEntries.OfConversation selected;
    private final ConversationEvents events;
    private final SpooledChanges changes;
    private final TranscriptFold fold;
    /** The first message of the thread that each answered message belongs to. */
    private final Map<Long, TranscriptEntry.ReplyThread> threads = new HashMap<>();

    private long lastMicros = Long.MIN_VALUE;

    ReadConversation(
            SelectedEntries.OfConversation selected,
            ConversationEvents events,
            SpooledChanges changes,
            TranscriptFold fold) {
        this.selected = selected;
        this.events = events;
        this.changes = changes;
        this.fold = fold;
    }

    /** Hands out the selected entries, with what the first reading has found out. Once. */
    public void writeTo(TranscriptFile file) throws IOException {
        file.begin(fold.transcript());
        events.forEach((position, event) -> {
            lastMicros = Math.max(lastMicros + 1, event.at().toEpochMilli() * MICROS_PER_MILLI);
            TranscriptEntry.ReplyThread thread = thread(position, event);
            if (selected.has(position)) {
                file.entry(fold.entry(position, lastMicros, event, thread));
            }
        });
        file.end();
    }

    private TranscriptEntry.@Nullable ReplyThread thread(long position, ConversationEvent event) {
        TranscriptEntry.ReplyThread answered =
                event instanceof MessageSent sent && sent.replyTo() != null ? threads.get(sent.replyTo()) : null;
        if (fold.isAnswered(position)) {
            threads.put(position, answered == null ? new TranscriptEntry.ReplyThread(position, lastMicros) : answered);
        }
        return answered;
    }

    @Override
    public void close() throws IOException {
        changes.close();
    }
}
