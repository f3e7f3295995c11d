package chat.parley.domain;

import chat.parley.api.ConversationEvent.MemberLeft;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageRetracted;
import chat.parley.api.ConversationEvent.ReactionChanged;
import chat.parley.api.EntryAck;
import chat.parley.api.UserId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest changes, by what they changed, so that repeating one is answered with the entry that made it. A change
 * older than the window is made again, which readers do not notice: the last one holds.
 */
final class ChangeWindow {
    static final int SIZE = 1024;

    private static final String RETRACTED = "retracted";
    private static final String LEFT = "left";

    private final Map<String, Change> recent = new LinkedHashMap<>();

    /**
     * @param what  names what was changed
     * @param state what it was changed to; a keyed hash where that is text
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Change(String what, String state, Stamp stamp) {}

    ChangeWindow() {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    ChangeWindow(List<Change> recent) {
        recent.forEach(change -> this.recent.put(change.what(), change));
    }

    @JsonValue
    List<Change> oldestFirst() {
        return List.copyOf(recent.values());
    }

    void edited(MessageEdited edit, Stamp stamp) {
        remember(textOf(edit.target()), edit.contentHash(), stamp);
    }

    void retracted(MessageRetracted retraction, Stamp stamp) {
        remember(retractionOf(retraction.target()), RETRACTED, stamp);
    }

    void reacted(ReactionChanged reaction, Stamp stamp) {
        remember(
                reactionOf(reaction.by(), reaction.target(), reaction.emoji()),
                Boolean.toString(reaction.added()),
                stamp);
    }

    void left(MemberLeft left, Stamp stamp) {
        remember(membershipOf(left.user()), LEFT, stamp);
    }

    Optional<EntryAck> edit(long target, String contentHash) {
        return find(textOf(target), contentHash);
    }

    Optional<EntryAck> retraction(long target) {
        return find(retractionOf(target), RETRACTED);
    }

    Optional<EntryAck> reaction(UserId by, long target, String emoji, boolean added) {
        return find(reactionOf(by, target, emoji), Boolean.toString(added));
    }

    Optional<EntryAck> leaving(UserId user) {
        return find(membershipOf(user), LEFT);
    }

    private Optional<EntryAck> find(String what, String state) {
        return Optional.ofNullable(recent.get(what))
                .filter(change -> change.state().equals(state))
                .map(change -> change.stamp().ack());
    }

    private void remember(String what, String state, Stamp stamp) {
        recent.remove(what);
        recent.put(what, new Change(what, state, stamp));
        if (recent.size() > SIZE) {
            Iterator<Change> oldestFirst = recent.values().iterator();
            oldestFirst.next();
            oldestFirst.remove();
        }
    }

    private static String textOf(long target) {
        return "text/" + target;
    }

    private static String retractionOf(long target) {
        return "retraction/" + target;
    }

    private static String reactionOf(UserId by, long target, String emoji) {
        return "reaction/" + target + "/" + by + "/" + emoji;
    }

    private static String membershipOf(UserId user) {
        return "membership/" + user;
    }
}
