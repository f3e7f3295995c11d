package chat.parley.audit.transcript;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MemberRoleChanged;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessagePinned;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.MessageUnpinned;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationKind;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.wire.Entry;
import chat.parley.wire.EntryRenderer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds out from all entries of a conversation what the selected ones need to be shown. */
final class TranscriptFold {
    private static final TranscriptEntry.Versions NO_VERSIONS = new Versions(List.of(), change -> {
        throw new IllegalStateException("There are no versions");
    });

    private final SelectedEntries.OfConversation selected;
    private final SpooledChanges spool;
    private final EntryRenderer renderer;

    private final Map<UserId, Timeline> people = new LinkedHashMap<>();
    private final NavigableMap<Long, Transcript.Title> titles = new TreeMap<>();
    private final Map<Long, List<Change>> changes = new HashMap<>();
    private final Map<Long, Map<String, Set<UserId>>> reactions = new HashMap<>();
    private final Set<Long> answered = new HashSet<>();
    private ConversationKind kind = ConversationKind.DIRECT;
    private HistoryAccess history = HistoryAccess.ALL;
    private boolean joinable;
    private @Nullable ConversationEvent started;
    private @Nullable Transcript transcript;

    TranscriptFold(SelectedEntries.OfConversation selected, SpooledChanges spool, EntryRenderer renderer) {
        this.selected = selected;
        this.spool = spool;
        this.renderer = renderer;
    }

    void apply(long position, ConversationEvent event) throws IOException {
        switch (event) {
            case DirectStarted e -> started = e;
            case GroupStarted e -> {
                started = e;
                kind = ConversationKind.GROUP;
                history = e.history();
                joinable = e.joinable();
                titled(position, event);
            }
            case GroupRenamed e -> titled(position, event);
            case JoinabilityChanged e -> joinable = e.joinable();
            case MemberLeft e -> timeline(e.user()).left(position);
            case MessageSent e -> {
                if (e.replyTo() != null) {
                    answered.add(e.replyTo());
                }
            }
            case MessageEdited e -> changed(position, e.target(), event);
            case MessageRetracted e -> changed(position, e.target(), event);
            case ReactionChanged e -> reacted(e);
            case MemberJoined e -> {}
            case MemberRoleChanged e -> {}
            case MessagePinned e -> {}
            case MessageUnpinned e -> {}
        }
        event.admitted().forEach(user -> timeline(user).joined(position, history));
    }

    private Timeline timeline(UserId user) {
        return people.computeIfAbsent(user, any -> new Timeline());
    }

    private void titled(long position, ConversationEvent event) {
        @Nullable
        String title = switch (renderer.render(RecordedEntry.of(position, 0, event))) {
            case Entry.Started entry -> entry.title();
            case Entry.Renamed entry -> entry.title();
            case Entry other -> throw new IllegalStateException(other + " has no title");
        };
        titles.put(position, new Transcript.Title(Optional.ofNullable(title)));
    }

    private void changed(long position, long target, ConversationEvent event) throws IOException {
        if (selected.has(target)) {
            changes.computeIfAbsent(target, any -> new ArrayList<>(1)).add(spool.add(position, event));
        }
    }

    private void reacted(ReactionChanged event) {
        if (!selected.has(event.target())) {
            return;
        }
        Map<String, Set<UserId>> all = reactions.computeIfAbsent(event.target(), any -> new LinkedHashMap<>());
        if (event.added()) {
            all.computeIfAbsent(event.emoji(), any -> new LinkedHashSet<>()).add(event.by());
        } else {
            all.computeIfPresent(event.emoji(), (emoji, users) -> {
                users.remove(event.by());
                return users.isEmpty() ? null : users;
            });
        }
    }

    /** The conversation after all entries. */
    Transcript transcript() {
        ConversationEvent first = Objects.requireNonNull(started, "A conversation begins with its start");
        Instant at = first.at();
        Transcript finished = new Transcript(selected.conversation(), kind, joinable, first.by(), at, people, titles);
        transcript = finished;
        return finished;
    }

    boolean isAnswered(long position) {
        return answered.contains(position);
    }

    /** A selected entry, after {@link #transcript}. */
    TranscriptEntry entry(
            long position, long micros, ConversationEvent event, TranscriptEntry.@Nullable ReplyThread thread) {
        Audience audience = Objects.requireNonNull(transcript).audience();
        List<Change> later = changes.getOrDefault(position, List.of());
        Map<Long, List<UserId>> readers = later.isEmpty() ? Map.of() : audience.ofVersions(position, later);
        return new TranscriptEntry(
                selected.index(position),
                micros,
                render(position, event),
                readers.getOrDefault(position, audience.of(position)),
                thread,
                isPartOfMessage(event),
                reactions.getOrDefault(position, Map.of()).entrySet().stream()
                        .map(reaction -> new Reaction(reaction.getKey(), List.copyOf(reaction.getValue())))
                        .toList(),
                later.isEmpty()
                        ? NO_VERSIONS
                        : new Versions(
                                later,
                                change -> new Version(
                                        render(change.position(), spool.read(change)),
                                        readers.getOrDefault(change.position(), List.of()))));
    }

    private Entry render(long position, ConversationEvent event) {
        return renderer.render(RecordedEntry.of(position, 0, event));
    }

    private boolean isPartOfMessage(ConversationEvent event) {
        return switch (event) {
            case MessageEdited e -> selected.has(e.target());
            case MessageRetracted e -> selected.has(e.target());
            case ReactionChanged e -> selected.has(e.target());
            default -> false;
        };
    }

    private interface VersionReader {
        Version read(Change change) throws IOException;
    }

    private record Versions(List<Change> changes, VersionReader reader) implements TranscriptEntry.Versions {
        @Override
        public int count() {
            return changes.size();
        }

        @Override
        public void forEach(TranscriptEntry.VersionConsumer consumer) throws IOException {
            for (Change change : changes) {
                consumer.accept(reader.read(change));
            }
        }
    }
}
