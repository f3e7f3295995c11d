package chat.parley.testing.conversation;

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
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.RecordedEntry.Reactions;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The expected answers of the read side about one conversation, computed from all its entries each time. */
public final class ReferenceModel {
    private final List<RecordedEntry> log;
    private final List<ReadMarkEvent> marks;

    /** @param log the entries as they were recorded, from the first one on */
    public ReferenceModel(List<RecordedEntry> log, List<ReadMarkEvent> marks) {
        this.log = log;
        this.marks = marks;
    }

    public long head() {
        return log.size();
    }

    public boolean isAll() {
        return switch (log.getFirst().event()) {
            case DirectStarted _ -> true;
            case GroupStarted group -> group.history() == HistoryAccess.ALL;
            default -> throw new IllegalStateException();
        };
    }

    public Set<UserId> members() {
        Set<UserId> members = new LinkedHashSet<>();
        log.forEach(recorded -> changeMembers(members, recorded.event()));
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
        for (RecordedEntry recorded : log) {
            boolean before = members.contains(user);
            changeMembers(members, recorded.event());
            if (before || members.contains(user)) {
                positions.add(recorded.position());
            }
        }
        return positions;
    }

    /** These positions, and with full history access the earlier ones too. */
    public List<Long> visible(UserId user) {
        List<Long> member = asMember(user);
        return isAll() && !member.isEmpty()
                ? LongStream.rangeClosed(1, member.getLast()).boxed().toList()
                : member;
    }

    private List<RecordedEntry> log(UserId user) {
        List<Long> visible = visible(user);
        return log.stream()
                .filter(recorded -> visible.contains(recorded.position()))
                .toList();
    }

    public long readPosition(UserId user) {
        long mark = marks.stream()
                .filter(event ->
                        event instanceof ReadMarkMoved moved && moved.user().equals(user))
                .mapToLong(event -> ((ReadMarkMoved) event).position())
                .max()
                .orElse(0);
        return Math.max(mark, lastOwn(user));
    }

    private long lastOwn(UserId user) {
        return log.stream()
                .filter(recorded -> recorded.event() instanceof MessageSent sent
                        && sent.by().equals(user))
                .mapToLong(RecordedEntry::position)
                .max()
                .orElse(0);
    }

    public List<RecordedEntry> unreadMessages(UserId user) {
        List<Long> member = asMember(user);
        long read = readPosition(user);
        return log.stream()
                .filter(recorded -> recorded.event() instanceof MessageSent sent
                        && !sent.by().equals(user)
                        && recorded.position() > read
                        && member.contains(recorded.position()))
                .map(recorded -> entry(user, recorded.position()))
                .filter(entry -> entry.retractedBy() == null)
                .toList();
    }

    public long unread(UserId user) {
        return unreadMessages(user).size();
    }

    public long mentions(UserId user) {
        return unreadMessages(user).stream()
                .filter(entry -> entry.mentions().contains(user))
                .count();
    }

    /** The newest visible message, as it reads for the user. */
    public @Nullable RecordedEntry lastMessage(UserId user) {
        return log(user).stream()
                .filter(recorded -> recorded.event() instanceof MessageSent)
                .reduce((one, other) -> other)
                .map(recorded -> entry(user, recorded.position()))
                .orElse(null);
    }

    /** The index of that message, or of the user's joining. */
    public long activity(UserId user) {
        RecordedEntry last = lastMessage(user);
        long joined = 0;
        Set<UserId> members = new HashSet<>();
        for (RecordedEntry recorded : log) {
            boolean before = members.contains(user);
            changeMembers(members, recorded.event());
            if (!before && members.contains(user)) {
                joined = recorded.index();
            }
        }
        return Math.max(joined, last == null ? 0 : last.index());
    }

    public boolean pinned(UserId user) {
        return marks.stream()
                .filter(event -> event instanceof PreferencesChanged changed
                        && changed.user().equals(user))
                .map(event -> ((PreferencesChanged) event).pinned())
                .reduce(false, (one, other) -> other);
    }

    public boolean joinable() {
        boolean joinable = false;
        for (RecordedEntry recorded : log) {
            joinable = switch (recorded.event()) {
                case GroupStarted started -> started.joinable();
                case JoinabilityChanged changed -> changed.joinable();
                default -> joinable;
            };
        }
        return joinable;
    }

    /** As of the last visible position. */
    public @Nullable SealedText title(UserId user) {
        return titleAsOf(visible(user).getLast());
    }

    public @Nullable SealedText titleAsOf(long until) {
        SealedText title = null;
        for (RecordedEntry recorded : log.subList(0, (int) until)) {
            title = switch (recorded.event()) {
                case GroupStarted started -> started.title();
                case GroupRenamed renamed -> renamed.title();
                default -> title;
            };
        }
        return title;
    }

    public long index(long position) {
        return log.get((int) position - 1).index();
    }

    /** The entry with the changes that the user may see. */
    public RecordedEntry entry(UserId user, long position) {
        return entry(log(user), position);
    }

    /** The entry with the changes and the reactions that the user may see. */
    public RecordedEntry entryWithReactions(UserId user, long position) {
        RecordedEntry entry = entry(user, position);
        return entry.event() instanceof MessageSent && entry.retractedBy() == null
                ? entry.with(reactions(user, position))
                : entry;
    }

    private List<Reactions> reactions(UserId user, long message) {
        List<ReactionChanged> added = new ArrayList<>();
        for (RecordedEntry recorded : log(user)) {
            if (recorded.event() instanceof ReactionChanged changed && changed.target() == message) {
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
    public RecordedEntry entry(long position) {
        return entry(log, position);
    }

    private RecordedEntry entry(List<RecordedEntry> visible, long position) {
        RecordedEntry recorded = log.get((int) position - 1);
        long message = recorded.event() instanceof MessageEdited edit ? edit.target() : position;
        RecordedEntry edit = null;
        List<UserId> mentions = null;
        for (RecordedEntry later : visible) {
            if (later.event() instanceof MessageRetracted retracted && retracted.target() == message) {
                return RecordedEntry.retracted(position, recorded.index(), recorded.event(), later.position());
            }
            if (later.event() instanceof MessageEdited edited && edited.target() == position) {
                edit = later;
                mentions = edited.mentions() == null ? mentions : edited.mentions();
            }
        }
        if (edit == null) {
            return RecordedEntry.of(position, recorded.index(), recorded.event());
        }
        return RecordedEntry.edited(
                position,
                recorded.index(),
                (MessageSent) recorded.event(),
                edit.position(),
                (MessageEdited) edit.event(),
                mentions);
    }
}
