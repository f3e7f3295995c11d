package chat.parley.push.fanout;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.push.event.LiveEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The edits and retractions among the events of one replay. The replay sends each message in its current form, as every
 * other reader gets it. An edit or retraction comes after its message, so every revision of a message in the replay is
 * in the replay too.
 */
final class MessageRevisions {
    /** By conversation, then by message. */
    private final Map<String, Map<Long, Revisions>> revisions = new HashMap<>();

    private static final class Revisions {
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

    private Revisions of(LiveEvent event, long target) {
        return revisions
                .computeIfAbsent(event.aggregate(), _ -> new HashMap<>())
                .computeIfAbsent(target, _ -> new Revisions());
    }

    /** The current form of the entry for this subscriber; null if it is the stored form. */
    @Nullable
    RecordedEntry read(ConversationSubscription subscription, LiveEvent event) {
        Map<Long, Revisions> changed = revisions.get(event.aggregate());
        if (changed == null) {
            return null;
        }
        return switch (event.payload(ConversationEvent.class)) {
            case MessageSent sent -> message(subscription, event, sent, changed.get(event.position()));
            case MessageEdited edit -> edit(subscription, event, edit, changed.get(edit.target()));
            default -> null;
        };
    }

    private static @Nullable RecordedEntry message(
            ConversationSubscription subscription, LiveEvent event, MessageSent sent, @Nullable Revisions changed) {
        if (changed == null) {
            return null;
        }
        Reading reading = subscription.reading(changed.edits.keySet(), changed.retractions.keySet());
        if (reading.retraction() != null) {
            return RecordedEntry.retracted(event.position(), event.index(), sent, reading.retraction());
        }
        Long edit = reading.edit();
        MessageEdited newest = edit == null ? null : changed.edits.get(edit);
        return edit == null || newest == null
                ? null
                : RecordedEntry.edited(
                        event.position(), event.index(), sent, edit, newest, mentions(subscription, changed.edits));
    }

    /** The mentions of the newest edit that has mentions and is visible to this subscriber. */
    private static @Nullable List<UserId> mentions(
            ConversationSubscription subscription, NavigableMap<Long, MessageEdited> edits) {
        for (Map.Entry<Long, MessageEdited> edit : edits.descendingMap().entrySet()) {
            List<UserId> mentions = edit.getValue().mentions();
            if (mentions != null && subscription.sees(edit.getKey())) {
                return mentions;
            }
        }
        return null;
    }

    private static @Nullable RecordedEntry edit(
            ConversationSubscription subscription, LiveEvent event, MessageEdited edit, @Nullable Revisions changed) {
        Reading reading = changed == null
                ? Reading.AS_SENT
                : subscription.reading(changed.edits.keySet(), changed.retractions.keySet());
        return reading.retraction() == null
                ? null
                : RecordedEntry.retracted(event.position(), event.index(), edit, reading.retraction());
    }
}
