package chat.parley.projections.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.MemberRole;
import chat.parley.projections.store.DocumentFields;
import chat.parley.projections.store.DocumentUpdate;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The changes that a batch makes to the conversation's document, which is written last and once. */
public final class ConversationUpdate {
    private final ConversationId id;
    private final @Nullable Document before;
    private final Document sets = new Document();
    private final Document unsets = new Document();
    private final Map<UserId, List<Mention>> mentions = new HashMap<>();
    private @Nullable StoredEntry last;

    /** @param before the stored document, with the mentions of all users that this batch may mention */
    ConversationUpdate(ConversationId id, @Nullable Document before) {
        this.id = id;
        this.before = before;
    }

    void started(ConversationKind kind, HistoryAccess history, boolean joinable) {
        sets.append("k", kind.name()).append("y", history.name()).append("n", joinable);
    }

    void between(UserId one, UserId other) {
        sets.append("w", List.of(one.value(), other.value()));
    }

    void titled(String sealedTitle) {
        sets.append("t", sealedTitle);
    }

    void pinned(PinnedMessages pins) {
        sets.put(PinnedMessages.FIELD, pins.byTarget());
    }

    void joinable(boolean joinable) {
        sets.append("n", joinable);
    }

    void headMoved(StoredEntry head) {
        sets.append("h", head.position()).append("i", head.index()).append("o", head.ordinal());
    }

    void lastMessage(StoredEntry message) {
        last = message;
    }

    void membersChanged(long position) {
        sets.append("z", position);
    }

    /** Records that the message at this position was edited or retracted. */
    void changed(long target) {
        raise("q", target);
    }

    /** Records that somebody reacted to the message at this position. */
    void reacted(long target) {
        raise("r", target);
    }

    private void raise(String field, long position) {
        long highest = before == null ? 0 : DocumentFields.longOf(before, field);
        sets.merge(field, Math.max(highest, position), (one, other) -> Math.max((Long) one, (Long) other));
    }

    void joined(UserId user, MemberRole role, long position) {
        member(user, "r", role.name());
        member(user, "a", position);
    }

    void role(UserId user, MemberRole role) {
        member(user, "r", role.name());
    }

    void left(UserId user) {
        for (String field : List.of("r", "a")) {
            sets.remove(path(user, field));
            unsets.put(path(user, field), "");
        }
    }

    /** One field for position and ordinal: one path to set per message. ADR 0072 tells what this costs in MongoDB. */
    void ownMessage(UserId user, long position, long ordinal) {
        member(user, "s", List.of(position, ordinal));
    }

    /** Position of a member's newest message; 0 if there is none. */
    public static long ownPosition(Document member) {
        return own(member, 0);
    }

    public static long ownOrdinal(Document member) {
        return own(member, 1);
    }

    private static long own(Document member, int place) {
        List<Number> own = member.getList("s", Number.class, List.of());
        return own.isEmpty() ? 0 : own.get(place).longValue();
    }

    void mentioned(UserId user, Mention mention) {
        List<Mention> known = mentions.computeIfAbsent(user, this::mentionsBefore);
        List<Mention> now = Mention.with(known, mention);
        mentions.put(user, now);
        member(user, "n", now.stream().map(Mention::stored).toList());
    }

    private List<Mention> mentionsBefore(UserId user) {
        return before == null
                ? List.of()
                : Mention.of(DocumentFields.sub(DocumentFields.sub(before, "m"), user.value()));
    }

    private void member(UserId user, String field, Object value) {
        String path = path(user, field);
        unsets.remove(path);
        sets.put(path, value);
    }

    private static String path(UserId user, String field) {
        return "m." + user + "." + field;
    }

    boolean isChanged() {
        return !sets.isEmpty();
    }

    DocumentUpdate update() {
        if (last != null) {
            new MessageRef(last.position(), last.index()).putInto(sets);
            sets.append(ConversationState.LAST, EntryJson.of(last));
        }
        return DocumentUpdate.of(id.value(), sets, unsets, new Document());
    }

    /** Matches nothing if another writer has moved the head since it was read. */
    UpdateOneModel<Document> write() {
        return before == null
                ? update().upsert()
                : new UpdateOneModel<>(
                        Filters.and(Filters.eq("_id", id.value()), Filters.eq("h", before.get("h"))),
                        update().operators());
    }
}
