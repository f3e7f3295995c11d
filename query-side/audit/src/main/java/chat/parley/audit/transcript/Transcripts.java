package chat.parley.audit.transcript;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.wire.EntryRenderer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads conversations from their events. Each is read twice, because how a message ends and who could read it is known
 * only afterwards; entries are not kept. Memory grows with the people of one conversation and with its changed messages,
 * by less than 100 bytes for each change.
 */
public final class Transcripts {
    private static final int MICROS_PER_MILLI = 1_000;

    private final EventStore events;
    private final EntryRenderer renderer;

    public Transcripts(EventStore events, EntryRenderer renderer) {
        this.events = events;
        this.renderer = renderer;
    }

    /** @param directory for temporary files */
    public void read(SelectedEntries.OfConversation selected, TranscriptFile file, Path directory) throws IOException {
        try (SpooledChanges changes = new SpooledChanges(directory)) {
            TranscriptFold fold = new TranscriptFold(selected, changes, renderer);
            forEach(selected, fold::apply);
            file.begin(fold.transcript());
            SecondReading second = new SecondReading(selected, fold, file);
            forEach(selected, second::apply);
            file.end();
        }
    }

    private interface EventConsumer {
        void accept(long position, ConversationEvent event) throws IOException;
    }

    private void forEach(SelectedEntries.OfConversation selected, EventConsumer consumer) throws IOException {
        DomainEventStream log = events.readEvents(selected.conversation().value(), 0);
        long position = 0;
        while (position < selected.through()) {
            DomainEventMessage<?> message = log.next();
            position = message.getSequenceNumber() + 1;
            consumer.accept(position, (ConversationEvent) message.getPayload());
        }
    }

    /** Hands out the selected entries, with what the first reading has found out. */
    private static final class SecondReading {
        private final SelectedEntries.OfConversation selected;
        private final TranscriptFold fold;
        private final TranscriptFile file;
        /** The first message of the thread that each answered message belongs to. */
        private final Map<Long, TranscriptEntry.ReplyThread> threads = new HashMap<>();

        private long lastMicros = Long.MIN_VALUE;

        SecondReading(SelectedEntries.OfConversation selected, TranscriptFold fold, TranscriptFile file) {
            this.selected = selected;
            this.fold = fold;
            this.file = file;
        }

        void apply(long position, ConversationEvent event) throws IOException {
            lastMicros = Math.max(lastMicros + 1, event.at().toEpochMilli() * MICROS_PER_MILLI);
            TranscriptEntry.ReplyThread thread = thread(position, event);
            if (selected.has(position)) {
                file.entry(fold.entry(position, lastMicros, event, thread));
            }
        }

        private TranscriptEntry.@Nullable ReplyThread thread(long position, ConversationEvent event) {
            TranscriptEntry.ReplyThread answered =
                    event instanceof MessageSent sent && sent.replyTo() != null ? threads.get(sent.replyTo()) : null;
            if (fold.isAnswered(position)) {
                threads.put(
                        position, answered == null ? new TranscriptEntry.ReplyThread(position, lastMicros) : answered);
            }
            return answered;
        }
    }
}
