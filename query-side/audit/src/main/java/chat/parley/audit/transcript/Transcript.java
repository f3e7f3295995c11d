package chat.parley.audit.transcript;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.ConversationKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/** A conversation at the end of a range. */
public final class Transcript {
    private final ConversationId conversation;
    private final ConversationKind kind;
    private final boolean joinable;
    private final UserId startedBy;
    private final Instant startedAt;
    private final Map<UserId, Timeline> people;
    private final NavigableMap<Long, Title> titles;
    private final Audience audience;

    Transcript(
            ConversationId conversation,
            ConversationKind kind,
            boolean joinable,
            UserId startedBy,
            Instant startedAt,
            Map<UserId, Timeline> people,
            NavigableMap<Long, Title> titles) {
        this.conversation = conversation;
        this.kind = kind;
        this.joinable = joinable;
        this.startedBy = startedBy;
        this.startedAt = startedAt;
        this.people = people;
        this.titles = titles;
        this.audience = new Audience(people);
    }

    /** @param text empty if the key of the title was destroyed */
    record Title(Optional<String> text) {}

    public ConversationId conversation() {
        return conversation;
    }

    public ConversationKind kind() {
        return kind;
    }

    public boolean joinable() {
        return joinable;
    }

    public UserId startedBy() {
        return startedBy;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** The title right after the entry at this position; empty in a direct conversation and for an erased title. */
    public Optional<String> titleAt(long position) {
        Map.Entry<Long, Title> title = titles.floorEntry(position);
        return title == null ? Optional.empty() : title.getValue().text();
    }

    /** The title at the end. */
    public Optional<String> title() {
        return titleAt(Long.MAX_VALUE);
    }

    /** Everybody who was ever a member, in the order in which they first joined. */
    public Set<UserId> people() {
        return people.keySet();
    }

    /** The members right after the entry at this position. */
    public List<UserId> membersAt(long position) {
        return people.entrySet().stream()
                .filter(person -> person.getValue().at(position).isOpen())
                .map(Map.Entry::getKey)
                .toList();
    }

    Audience audience() {
        return audience;
    }
}
