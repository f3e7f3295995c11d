package chat.parley.projections.inbox;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.projections.conversation.MembershipSink;
import chat.parley.projections.conversation.MessageRef;
import chat.parley.projections.conversation.PinnedMessages;
import chat.parley.projections.store.DocumentUpdate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a batch makes to inboxes. Each conversation is a field of its own, so that writers of different
 * segments change different fields.
 */
public final class InboxUpdates implements MembershipSink {
    /** By {@link InboxShard}. */
    private final Map<String, Changes> parts = new LinkedHashMap<>();

    private record Changes(Document sets, Document maxima) {}

    @Override
    public void joined(UserId user, ConversationId conversation, long position, long ordinalBefore, long index) {
        Changes changes = changed(user, conversation, index);
        changes.sets.put(path(conversation, "j." + position), new Document("o", ordinalBefore).append("i", index));
    }

    @Override
    public void left(
            UserId user,
            ConversationId conversation,
            long position,
            long ordinal,
            long index,
            MessageRef lastMessage,
            @Nullable String title) {
        Document left = new Document("o", ordinal);
        lastMessage.putInto(left);
        if (title != null) {
            left.append("t", title);
        }
        changed(user, conversation, index).sets.put(path(conversation, "l." + position), left);
    }

    /** Stored for the latest departure only: the pins that the former member may still see. */
    @Override
    public void pinnedWhenTheyLeft(UserId user, ConversationId conversation, long index, PinnedMessages pins) {
        changed(user, conversation, index).sets.put(path(conversation, PinnedMessages.FIELD), pins.byTarget());
    }

    @Override
    public void read(UserId user, ConversationId conversation, long position, long ordinal, long index) {
        Changes changes = changed(user, conversation, index);
        changes.sets.put(path(conversation, "v"), false);
        Document maxima = changes.maxima;
        maxima.merge(path(conversation, "r"), position, InboxUpdates::max);
        maxima.merge(path(conversation, "ro"), ordinal, InboxUpdates::max);
    }

    @Override
    public void preferred(UserId user, ConversationId conversation, PreferencesChanged preferences, long index) {
        Document sets = changed(user, conversation, index).sets;
        sets.put(path(conversation, "u"), preferences.muted());
        sets.put(path(conversation, "g"), preferences.pinned());
        sets.put(path(conversation, "v"), preferences.markedUnread());
    }

    private Changes changed(UserId user, ConversationId conversation, long index) {
        Changes changes = parts.computeIfAbsent(
                InboxShard.of(user, conversation), any -> new Changes(new Document(), new Document()));
        changes.maxima.merge(path(conversation, "x"), index, InboxUpdates::max);
        return changes;
    }

    private static Object max(Object one, Object other) {
        return Math.max((Long) one, (Long) other);
    }

    private static String path(ConversationId conversation, String field) {
        return "c." + conversation + "." + field;
    }

    /** One update for each document. */
    public List<DocumentUpdate> updates() {
        return parts.entrySet().stream()
                .map(part ->
                        DocumentUpdate.of(part.getKey(), part.getValue().sets, new Document(), part.getValue().maxima))
                .toList();
    }
}
