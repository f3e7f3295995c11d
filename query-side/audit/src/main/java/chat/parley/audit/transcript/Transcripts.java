package chat.parley.audit.transcript;

import chat.parley.wire.EntryRenderer;
import java.io.IOException;
import java.nio.file.Path;
import org.axonframework.eventsourcing.eventstore.EventStore;

/**
 * Reads conversations from their events. Each is gone through twice, because how a message ends and who could read it is
 * known only afterwards. A large conversation is read from the store both times; its memory grows with its people and with
 * its changed messages, by less than 100 bytes for each change.
 */
public final class Transcripts {
    private final EventStore events;
    private final EntryRenderer renderer;

    public Transcripts(EventStore events, EntryRenderer renderer) {
        this.events = events;
        this.renderer = renderer;
    }

    /**
     * Goes through a conversation for the first time.
     *
     * @param directory for temporary files
     */
    public ReadConversation read(SelectedEntries.OfConversation selected, Path directory) throws IOException {
        SpooledChanges changes = new SpooledChanges(directory);
        try {
            ConversationEvents all = new ConversationEvents(events, selected);
            TranscriptFold fold = new TranscriptFold(selected, changes, renderer);
            all.forEach(fold::apply);
            return new ReadConversation(selected, all, changes, fold);
        } catch (IOException | RuntimeException failed) {
            changes.close();
            throw failed;
        }
    }
}
