package chat.parley.domain;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest messages by the names their senders gave them, so that a retry is recognised without asking anybody, and
 * what is needed to know when somebody has to be asked. Bounded by {@link #SIZE} and the number of members.
 */
final class SentWindow {
    /** A retry comes within seconds; this many messages are minutes of the busiest group. */
    static final int SIZE = 1024;

    private final Map<Name, Remembered> recent = new LinkedHashMap<>();
    private final Map<UserId, Forgotten> forgottenOf = new LinkedHashMap<>();

    /** Of everybody who is not a member now, together: what is kept per user must not outlive their membership. */
    private Forgotten forgottenOfDeparted = Forgotten.NOTHING;

    private long forgottenThrough;

    private record Name(UserId by, ClientMessageId id) {}

    /** One message as the window keeps it. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Remembered(UserId by, ClientMessageId id, String contentHash, Stamp stamp) {}

    /** What is kept per member, as a snapshot writes it. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record OfMember(UserId user, Forgotten forgotten) {}

    SentWindow() {}

    @JsonCreator
    SentWindow(
            @JsonProperty("recent") List<Remembered> recent,
            @JsonProperty("ofMembers") List<OfMember> ofMembers,
            @JsonProperty("ofDeparted") Forgotten ofDeparted,
            @JsonProperty("forgottenThrough") long forgottenThrough) {
        recent.forEach(message -> this.recent.put(new Name(message.by(), message.id()), message));
        ofMembers.forEach(member -> forgottenOf.put(member.user(), member.forgotten()));
        this.forgottenOfDeparted = ofDeparted;
        this.forgottenThrough = forgottenThrough;
    }

    @JsonProperty("recent")
    List<Remembered> recent() {
        return List.copyOf(recent.values());
    }

    @JsonProperty("ofMembers")
    List<OfMember> ofMembers() {
        return forgottenOf.entrySet().stream()
                .map(member -> new OfMember(member.getKey(), member.getValue()))
                .toList();
    }

    @JsonProperty("ofDeparted")
    Forgotten ofDeparted() {
        return forgottenOfDeparted;
    }

    /** The position of the newest message that has been dropped; 0 where none has. */
    @JsonProperty("forgottenThrough")
    long forgottenThrough() {
        return forgottenThrough;
    }

    Optional<Remembered> find(UserId by, ClientMessageId id) {
        return Optional.ofNullable(recent.get(new Name(by, id)));
    }

    /** Whether a message of this name, not found here, may have been dropped. */
    boolean mayHaveForgotten(UserId by, ClientMessageId id) {
        return forgottenOf.getOrDefault(by, forgottenOfDeparted).mayInclude(id);
    }

    void sent(UserId by, ClientMessageId id, String contentHash, Stamp stamp) {
        recent.put(new Name(by, id), new Remembered(by, id, contentHash, stamp));
        if (recent.size() > SIZE) {
            Iterator<Remembered> oldestFirst = recent.values().iterator();
            forget(oldestFirst.next());
            oldestFirst.remove();
        }
    }

    private void forget(Remembered message) {
        forgottenThrough = message.stamp().position();
        if (forgottenOf.computeIfPresent(message.by(), (user, forgotten) -> forgotten.with(message.id())) == null) {
            forgottenOfDeparted = forgottenOfDeparted.with(message.id());
        }
    }

    /** They may have been here before, so what was forgotten of those who left may be theirs. */
    void joined(UserId user) {
        forgottenOf.put(user, forgottenOfDeparted);
    }

    void left(UserId user) {
        Forgotten theirs = forgottenOf.remove(user);
        if (theirs != null) {
            forgottenOfDeparted = forgottenOfDeparted.and(theirs);
        }
    }
}
