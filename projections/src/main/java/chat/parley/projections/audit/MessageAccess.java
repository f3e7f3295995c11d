package chat.parley.projections.audit;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.account.UserId;
import chat.parley.api.audit.FindEntryAccess.Access;
import chat.parley.api.audit.FindEntryAccess.Reader;
import chat.parley.api.audit.FindEntryAccess.Reading;
import chat.parley.api.audit.FindEntryAccess.Version;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.Visibility;
import chat.parley.projections.inbox.MemberView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects who could read one message, from the entries of its conversation in their order. */
final class MessageAccess {
    private final long position;
    private final NavigableMap<Long, ConversationEvent> versions = new TreeMap<>();
    /** What each user joined after the message: only a version or a joining makes something readable. */
    private final Map<UserId, NavigableMap<Long, Instant>> joined = new HashMap<>();
    /** When each user first sent something from the position on. */
    private final Map<UserId, Instant> sent = new HashMap<>();

    MessageAccess(long position) {
        this.position = position;
    }

    void add(long at, ConversationEvent event) {
        if (at < position) {
            return;
        }
        if (at == position || isChange(event)) {
            versions.put(at, event);
        }
        switch (event) {
            case MemberJoined join ->
                joined.computeIfAbsent(join.user(), any -> new TreeMap<>()).put(at, join.at());
            case MessageSent message -> sent.putIfAbsent(message.by(), message.at());
            default -> {}
        }
    }

    private boolean isChange(ConversationEvent event) {
        return switch (event) {
            case MessageEdited edited -> edited.target() == position;
            case MessageRetracted retracted -> retracted.target() == position;
            default -> false;
        };
    }

    /** @throws Refused {@link Refusal#NOT_A_MESSAGE} */
    void requireMessage() {
        if (!(versions.get(position) instanceof MessageSent)) {
            throw new Refused(Refusal.NOT_A_MESSAGE);
        }
    }

    /**
     * @param views of everybody who was ever a member
     * @param marked when a user's read mark first reached the message
     */
    Access answer(Collection<MemberView> views, Function<UserId, Optional<Instant>> marked) {
        List<Reader> readers = new ArrayList<>();
        for (MemberView view : views) {
            List<Reading> readings = readings(view);
            if (!readings.isEmpty()) {
                Visibility now = view.visibility();
                Optional<Instant> read = Stream.of(
                                Optional.ofNullable(sent.get(view.user())), marked.apply(view.user()))
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo);
                readers.add(new Reader(
                        view.user(),
                        readings,
                        now.isOpen() ? null : now.spans().getLast().to(),
                        read.orElse(null)));
            }
        }
        return new Access(
                versions.entrySet().stream()
                        .map(version -> new Version(version.getKey(), version.getValue()))
                        .toList(),
                readers);
    }

    private List<Reading> readings(MemberView view) {
        NavigableMap<Long, Instant> moments = new TreeMap<>(joined.getOrDefault(view.user(), new TreeMap<>()));
        versions.forEach((version, event) -> moments.put(version, event.at()));
        List<Reading> readings = new ArrayList<>();
        Long last = null;
        for (Map.Entry<Long, Instant> moment : moments.entrySet()) {
            Long version = version(view, moment.getKey());
            if (version != null && !Objects.equals(version, last)) {
                readings.add(new Reading(version, moment.getKey(), moment.getValue()));
                last = version;
            }
        }
        return readings;
    }

    /** The version that the user could read when this position was the head; null if none. */
    private @Nullable Long version(MemberView view, long head) {
        Visibility visibility = view.visibilityAt(head);
        if (!visibility.sees(position)) {
            return null;
        }
        NavigableMap<Long, ConversationEvent> until = versions.headMap(head, true);
        Visibility.Reading reading =
                visibility.reading(positions(until, MessageEdited.class), positions(until, MessageRetracted.class));
        if (reading.retraction() != null) {
            return reading.retraction();
        }
        return reading.edit() == null ? Long.valueOf(position) : reading.edit();
    }

    private static List<Long> positions(Map<Long, ConversationEvent> versions, Class<?> kind) {
        return versions.entrySet().stream()
                .filter(version -> kind.isInstance(version.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
