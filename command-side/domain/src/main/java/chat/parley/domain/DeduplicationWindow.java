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
 * The newest messages by sender and client message id, so that a retry is recognised without a lookup in the read side.
 * Also tells whether an id may have been evicted, and a lookup is needed. Its size is bounded by {@link #SIZE} and the
 * number of members.
 */
final class DeduplicationWindow {
    /** Retries follow within seconds; this many messages take minutes in the busiest group. */
    static final int SIZE = 1024;

    private final Map<Name, Remembered> recent = new LinkedHashMap<>();
    private final Map<UserId, EvictedIdFilter> forgottenOf = new LinkedHashMap<>();

    /**
     * One filter for all users who are not members at present, because state per user must not outlive the membership.
     */
    private EvictedIdFilter forgottenOfDeparted = EvictedIdFilter.EMPTY;

    private long forgottenThrough;

    private record Name(UserId by, ClientMessageId id) {}

    /** One message in the window. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Remembered(UserId by, ClientMessageId id, String contentHash, PositionAndTimestamp stamp) {}

    /** One member's filter, as a snapshot stores it. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record OfMember(UserId user, EvictedIdFilter forgotten) {}

    DeduplicationWindow() {}

    @JsonCreator
    DeduplicationWindow(
            @JsonProperty("recent") List<Remembered> recent,
            @JsonProperty("ofMembers") List<OfMember> ofMembers,
            @JsonProperty("ofDeparted") EvictedIdFilter ofDeparted,
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
    EvictedIdFilter ofDeparted() {
        return forgottenOfDeparted;
    }

    /** Position of the newest evicted message; 0 if none was evicted. */
    @JsonProperty("forgottenThrough")
    long forgottenThrough() {
        return forgottenThrough;
    }

    Optional<Remembered> find(UserId by, ClientMessageId id) {
        return Optional.ofNullable(recent.get(new Name(by, id)));
    }

    /** Whether a message of this id that the window does not contain may have been evicted. */
    boolean mayHaveEvicted(UserId by, ClientMessageId id) {
        return forgottenOf.getOrDefault(by, forgottenOfDeparted).mightContain(id);
    }

    void sent(UserId by, ClientMessageId id, String contentHash, PositionAndTimestamp stamp) {
        recent.put(new Name(by, id), new Remembered(by, id, contentHash, stamp));
        if (recent.size() > SIZE) {
            Iterator<Remembered> oldestFirst = recent.values().iterator();
            evict(oldestFirst.next());
            oldestFirst.remove();
        }
    }

    private void evict(Remembered message) {
        forgottenThrough = message.stamp().position();
        if (forgottenOf.computeIfPresent(message.by(), (user, forgotten) -> forgotten.with(message.id())) == null) {
            forgottenOfDeparted = forgottenOfDeparted.with(message.id());
        }
    }

    /** A user who joins may be a former member, so the filter of former members applies. */
    void joined(UserId user) {
        forgottenOf.put(user, forgottenOfDeparted);
    }

    void left(UserId user) {
        EvictedIdFilter theirs = forgottenOf.remove(user);
        if (theirs != null) {
            forgottenOfDeparted = forgottenOfDeparted.union(theirs);
        }
    }
}
