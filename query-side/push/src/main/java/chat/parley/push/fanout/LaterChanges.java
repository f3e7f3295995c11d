package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a stretch of events does to the messages in it. Whoever is taken past all of it at once is not told what was said
 * and then that it was taken back, but how it reads in the end, as everywhere else. Edits and retractions come after what
 * they concern, so whatever changes an event of the stretch is in it, too.
 */
final class LaterChanges {
    /** By conversation, then by message. */
    private final Map<String, Map<Long, OfMessage>> changes = new HashMap<>();

    private static final class OfMessage {
        private final NavigableMap<Long, MessageEdited> edits = new TreeMap<>();
        private final NavigableMap<Long, MessageRetracted> retractions = new TreeMap<>();
    }

    void add(LiveEvent event) {
        if (event.is(MessageEdited.class)) {
            MessageEdited edit = event.payload(MessageEdited.class);
            of(event, edit.target()).edits.put(event.position(), edit);
        } else if (event.is(MessageRetracted.class)) {
            MessageRetracted retraction = event.payload(MessageRetracted.class);
            of(event, retraction.target()).retractions.put(event.position(), retraction);
        }
    }

    private OfMessage of(LiveEvent event, long target) {
        return changes.computeIfAbsent(event.aggregate(), _ -> new HashMap<>())
                .computeIfAbsent(target, _ -> new OfMessage());
    }

    /** The entry as it reads for this session at the end; null where that is as it was entered. */
    @Nullable
    RecordedEntry read(ConversationSubscription seat, LiveEvent event) {
        Map<Long, OfMessage> changed = changes.get(event.aggregate());
        if (changed == null) {
            return null;
        }
        return switch (event.payload(ConversationEvent.class)) {
            case MessageSent sent -> message(seat, event, sent, changed.get(event.position()));
            case MessageEdited edit -> edit(seat, event, edit, changed.get(edit.target()));
            default -> null;
        };
    }

    private static @Nullable RecordedEntry message(
            ConversationSubscription seat, LiveEvent event, MessageSent sent, @Nullable OfMessage changed) {
        if (changed == null) {
            return null;
        }
        Reading reading = seat.reading(changed.edits.keySet(), changed.retractions.keySet());
        if (reading.retraction() != null) {
            return RecordedEntry.retracted(event.position(), event.index(), sent, reading.retraction());
        }
        Long edit = reading.edit();
        MessageEdited newest = edit == null ? null : changed.edits.get(edit);
        return edit == null || newest == null
                ? null
                : RecordedEntry.edited(
                        event.position(), event.index(), sent, edit, newest, mentions(seat, changed.edits));
    }

    /** Those of the newest edit this session sees that says any. */
    private static @Nullable List<UserId> mentions(
            ConversationSubscription seat, NavigableMap<Long, MessageEdited> edits) {
        for (Map.Entry<Long, MessageEdited> edit : edits.descendingMap().entrySet()) {
            List<UserId> mentions = edit.getValue().mentions();
            if (mentions != null && seat.sees(edit.getKey())) {
                return mentions;
            }
        }
        return null;
    }

    private static @Nullable RecordedEntry edit(
            ConversationSubscription seat, LiveEvent event, MessageEdited edit, @Nullable OfMessage changed) {
        Reading reading =
                changed == null ? Reading.AS_SENT : seat.reading(changed.edits.keySet(), changed.retractions.keySet());
        return reading.retraction() == null
                ? null
                : RecordedEntry.retracted(event.position(), event.index(), edit, reading.retraction());
    }
}
