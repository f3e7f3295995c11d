package chat.parley.projections;

import chat.parley.api.SealedText;
import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.DirectStarted;
import chat.parley.api.conversation.ConversationEvent.GroupRenamed;
import chat.parley.api.conversation.ConversationEvent.GroupStarted;
import chat.parley.api.conversation.ConversationEvent.JoinabilityChanged;
import chat.parley.api.conversation.ConversationEvent.MemberJoined;
import chat.parley.api.conversation.ConversationEvent.MemberLeft;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationEvent.ReactionChanged;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.RecordedEntry.Reactions;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.eventprocessing.batch.RecordedEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The expected answers of the read model about one conversation, computed from all its events each time. */
final class ReferenceModel {
    private final List<RecordedEvent> log = new ArrayList<>();
    private final List<RecordedEvent> marks = new ArrayList<>();

    ReferenceModel(ConversationId conversation, List<RecordedEvent> events) {
        for (RecordedEvent recorded : events) {
            if (recorded.payload() instanceof ConversationEvent event
                    && event.conversation().equals(conversation)) {
                log.add(recorded);
            }
            if (recorded.payload() instanceof ReadMarkEvent event
                    && event.conversation().equals(conversation)) {
                marks.add(recorded);
            }
        }
    }

    private static ConversationEvent event(RecordedEvent recorded) {
        return (ConversationEvent) recorded.payload();
    }

    long head() {
        return log.size();
    }

    boolean isAll() {
        return switch (event(log.getFirst())) {
            case DirectStarted direct -> true;
            case GroupStarted group -> group.history() == HistoryAccess.ALL;
            default -> throw new IllegalStateException();
        };
    }

    Set<UserId> members() {
        Set<UserId> members = new LinkedHashSet<>();
        log.forEach(recorded -> changeMembers(members, event(recorded)));
        return members;
    }

    private static void changeMembers(Set<UserId> members, ConversationEvent event) {
        switch (event) {
            case DirectStarted started -> {
                members.add(started.by());
                members.add(started.with());
            }
            case GroupStarted started -> {
                members.add(started.by());
                members.addAll(started.members());
            }
            case MemberJoined joined -> members.add(joined.user());
            case MemberLeft left -> members.remove(left.user());
            default -> {}
        }
    }

    /** The positions at which the user was a member. */
    private List<Long> asMember(UserId user) {
        List<Long> positions = new ArrayList<>();
        Set<UserId> members = new HashSet<>();
        for (RecordedEvent recorded : log) {
            boolean before = members.contains(user);
            changeMembers(members, event(recorded));
            if (before || members.contains(user)) {
                positions.add(recorded.position());
            }
        }
        return positions;
    }

    /** These positions, and with full history access the earlier ones too. */
    List<Long> visible(UserId user) {
        List<Long> member = asMember(user);
        return isAll() && !member.isEmpty()
                ? LongStream.rangeClosed(1, member.getLast()).boxed().toList()
                : member;
    }

    private List<RecordedEvent> log(UserId user) {
        List<Long> visible = visible(user);
        return log.stream()
                .filter(recorded -> visible.contains(recorded.position()))
                .toList();
    }

    long readPosition(UserId user) {
        long mark = marks.stream()
                .map(RecordedEvent::payload)
                .filter(event ->
                        event instanceof ReadMarkMoved moved && moved.user().equals(user))
                .mapToLong(event -> ((ReadMarkMoved) event).position())
                .max()
                .orElse(0);
        return Math.max(mark, lastOwn(user));
    }

    private long lastOwn(UserId user) {
        return log.stream()
                .filter(recorded -> recorded.payload() instanceof MessageSent sent
                        && sent.by().equals(user))
                .mapToLong(RecordedEvent::position)
                .max()
                .orElse(0);
    }

    private List<RecordedEntry> unreadMessages(UserId user) {
        List<Long> member = asMember(user);
        long read = readPosition(user);
        return log.stream()
                .filter(recorded -> recorded.payload() instanceof MessageSent sent
                        && !sent.by().equals(user)
                        && recorded.position() > read
                        && member.contains(recorded.position()))
                .map(recorded -> entry(user, recorded.position()))
                .filter(entry -> entry.retractedBy() == null)
                .toList();
    }

    long unread(UserId user) {
        return unreadMessages(user).size();
    }

    long mentions(UserId user) {
        return unreadMessages(user).stream()
                .filter(entry -> entry.mentions().contains(user))
                .count();
    }

    /** The newest visible message, as it reads for the user. */
    @Nullable
    RecordedEntry lastMessage(UserId user) {
        return log(user).stream()
                .filter(recorded -> recorded.payload() instanceof MessageSent)
                .reduce((one, other) -> other)
                .map(recorded -> entry(user, recorded.position()))
                .orElse(null);
    }

    /** The index of that message, or of the user's joining. */
    long activity(UserId user) {
        RecordedEntry last = lastMessage(user);
        long joined = 0;
        Set<UserId> members = new HashSet<>();
        for (RecordedEvent recorded : log) {
            boolean before = members.contains(user);
            changeMembers(members, event(recorded));
            if (!before && members.contains(user)) {
                joined = recorded.index();
            }
        }
        return Math.max(joined, last == null ? 0 : last.index());
    }

    boolean pinned(UserId user) {
        return marks.stream()
                .map(RecordedEvent::payload)
                .filter(event -> event instanceof PreferencesChanged changed
                        && changed.user().equals(user))
                .map(event -> ((PreferencesChanged) event).pinned())
                .reduce(false, (one, other) -> other);
    }

    boolean joinable() {
        boolean joinable = false;
        for (RecordedEvent recorded : log) {
            joinable = switch (event(recorded)) {
                case GroupStarted started -> started.joinable();
                case JoinabilityChanged changed -> changed.joinable();
                default -> joinable;
            };
        }
        return joinable;
    }

    /** As of the last visible position. */
    @Nullable
    SealedText title(UserId user) {
        return titleAsOf(visible(user).getLast());
    }

    @Nullable
    SealedText titleAsOf(long until) {
        SealedText title = null;
        for (RecordedEvent recorded : log.subList(0, (int) until)) {
            title = switch (event(recorded)) {
                case GroupStarted started -> started.title();
                case GroupRenamed renamed -> renamed.title();
                default -> title;
            };
        }
        return title;
    }

    long index(long position) {
        return log.get((int) position - 1).index();
    }

    /** The entry with the changes that the user may see. */
    RecordedEntry entry(UserId user, long position) {
        return entry(log(user), position);
    }

    /** The entry with the changes and the reactions that the user may see. */
    RecordedEntry entryWithReactions(UserId user, long position) {
        RecordedEntry entry = entry(user, position);
        return entry.event() instanceof MessageSent && entry.retractedBy() == null
                ? entry.with(reactions(user, position))
                : entry;
    }

    private List<Reactions> reactions(UserId user, long message) {
        List<ReactionChanged> added = new ArrayList<>();
        for (RecordedEvent recorded : log(user)) {
            if (recorded.payload() instanceof ReactionChanged changed && changed.target() == message) {
                added.removeIf(before ->
                        before.by().equals(changed.by()) && before.emoji().equals(changed.emoji()));
                if (changed.added()) {
                    added.add(changed);
                }
            }
        }
        return added.stream()
                .map(ReactionChanged::emoji)
                .distinct()
                .map(emoji -> new Reactions(
                        emoji,
                        added.stream()
                                .filter(changed -> changed.emoji().equals(emoji))
                                .map(ReactionChanged::by)
                                .toList()))
                .toList();
    }

    /** The entry with all changes. */
    RecordedEntry entry(long position) {
        return entry(log, position);
    }

    private RecordedEntry entry(List<RecordedEvent> visible, long position) {
        RecordedEvent recorded = log.get((int) position - 1);
        long message = event(recorded) instanceof MessageEdited edit ? edit.target() : position;
        RecordedEvent edit = null;
        List<UserId> mentions = null;
        for (RecordedEvent later : visible) {
            if (later.payload() instanceof MessageRetracted retracted && retracted.target() == message) {
                return RecordedEntry.retracted(position, recorded.index(), event(recorded), later.position());
            }
            if (later.payload() instanceof MessageEdited edited && edited.target() == position) {
                edit = later;
                mentions = edited.mentions() == null ? mentions : edited.mentions();
            }
        }
        if (edit == null) {
            return RecordedEntry.of(position, recorded.index(), event(recorded));
        }
        MessageEdited newest = (MessageEdited) edit.payload();
        return new RecordedEntry(
                position,
                recorded.index(),
                event(recorded),
                edit.position(),
                new MessageEdited(
                        newest.conversation(),
                        newest.by(),
                        newest.target(),
                        newest.text(),
                        mentions,
                        newest.contentHash(),
                        newest.at()),
                null,
                List.of());
    }
}
