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
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.HistoryAccess;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.inbox.ReadMarkEvent;
import chat.parley.api.inbox.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.inbox.ReadMarkEvent.ReadMarkMoved;
import chat.parley.projections.processing.Occurrence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the read model must answer about one conversation, counted out from all its events each time. */
final class Oracle {
    private final List<Occurrence> log = new ArrayList<>();
    private final List<Occurrence> marks = new ArrayList<>();

    Oracle(ConversationId conversation, List<Occurrence> occurrences) {
        for (Occurrence occurrence : occurrences) {
            if (occurrence.payload() instanceof ConversationEvent event
                    && event.conversation().equals(conversation)) {
                log.add(occurrence);
            }
            if (occurrence.payload() instanceof ReadMarkEvent event
                    && event.conversation().equals(conversation)) {
                marks.add(occurrence);
            }
        }
    }

    private static ConversationEvent event(Occurrence occurrence) {
        return (ConversationEvent) occurrence.payload();
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
        log.forEach(occurrence -> changeMembers(members, event(occurrence)));
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

    /** Of those entries of which the user was a member before or after. */
    private List<Long> asMember(UserId user) {
        List<Long> positions = new ArrayList<>();
        Set<UserId> members = new HashSet<>();
        for (Occurrence occurrence : log) {
            boolean before = members.contains(user);
            changeMembers(members, event(occurrence));
            if (before || members.contains(user)) {
                positions.add(occurrence.position());
            }
        }
        return positions;
    }

    /** That, and with all history what was before that, too. */
    List<Long> visible(UserId user) {
        List<Long> member = asMember(user);
        return isAll() && !member.isEmpty()
                ? LongStream.rangeClosed(1, member.getLast()).boxed().toList()
                : member;
    }

    private List<Occurrence> log(UserId user) {
        List<Long> visible = visible(user);
        return log.stream()
                .filter(occurrence -> visible.contains(occurrence.position()))
                .toList();
    }

    long readPosition(UserId user) {
        long mark = marks.stream()
                .map(Occurrence::payload)
                .filter(event ->
                        event instanceof ReadMarkMoved moved && moved.user().equals(user))
                .mapToLong(event -> ((ReadMarkMoved) event).position())
                .max()
                .orElse(0);
        return Math.max(mark, lastOwn(user));
    }

    private long lastOwn(UserId user) {
        return log.stream()
                .filter(occurrence -> occurrence.payload() instanceof MessageSent sent
                        && sent.by().equals(user))
                .mapToLong(Occurrence::position)
                .max()
                .orElse(0);
    }

    private List<RecordedEntry> unreadMessages(UserId user) {
        List<Long> member = asMember(user);
        long read = readPosition(user);
        return log.stream()
                .filter(occurrence -> occurrence.payload() instanceof MessageSent sent
                        && !sent.by().equals(user)
                        && occurrence.position() > read
                        && member.contains(occurrence.position()))
                .map(occurrence -> entry(user, occurrence.position()))
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

    /** The newest message they see, as it reads. */
    @Nullable
    RecordedEntry lastMessage(UserId user) {
        return log(user).stream()
                .filter(occurrence -> occurrence.payload() instanceof MessageSent)
                .reduce((one, other) -> other)
                .map(occurrence -> entry(user, occurrence.position()))
                .orElse(null);
    }

    /** The index of that, or of when they joined. */
    long activity(UserId user) {
        RecordedEntry last = lastMessage(user);
        long joined = 0;
        Set<UserId> members = new HashSet<>();
        for (Occurrence occurrence : log) {
            boolean before = members.contains(user);
            changeMembers(members, event(occurrence));
            if (!before && members.contains(user)) {
                joined = occurrence.index();
            }
        }
        return Math.max(joined, last == null ? 0 : last.index());
    }

    boolean pinned(UserId user) {
        return marks.stream()
                .map(Occurrence::payload)
                .filter(event -> event instanceof PreferencesChanged changed
                        && changed.user().equals(user))
                .map(event -> ((PreferencesChanged) event).pinned())
                .reduce(false, (one, other) -> other);
    }

    boolean joinable() {
        boolean joinable = false;
        for (Occurrence occurrence : log) {
            joinable = switch (event(occurrence)) {
                case GroupStarted started -> started.joinable();
                case JoinabilityChanged changed -> changed.joinable();
                default -> joinable;
            };
        }
        return joinable;
    }

    /** As of the last position they see. */
    @Nullable
    SealedText title(UserId user) {
        return titleAsOf(visible(user).getLast());
    }

    @Nullable
    SealedText titleAsOf(long until) {
        SealedText title = null;
        for (Occurrence occurrence : log.subList(0, (int) until)) {
            title = switch (event(occurrence)) {
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

    /** As this user reads it: of all that was done to the message, what they see of it. */
    RecordedEntry entry(UserId user, long position) {
        Occurrence occurrence = log.get((int) position - 1);
        long message = event(occurrence) instanceof MessageEdited edit ? edit.target() : position;
        Occurrence edit = null;
        List<UserId> mentions = null;
        for (Occurrence later : log(user)) {
            if (later.payload() instanceof MessageRetracted retracted && retracted.target() == message) {
                return RecordedEntry.retracted(position, occurrence.index(), event(occurrence), later.position());
            }
            if (later.payload() instanceof MessageEdited edited && edited.target() == position) {
                edit = later;
                mentions = edited.mentions() == null ? mentions : edited.mentions();
            }
        }
        if (edit == null) {
            return RecordedEntry.of(position, occurrence.index(), event(occurrence));
        }
        MessageEdited newest = (MessageEdited) edit.payload();
        return new RecordedEntry(
                position,
                occurrence.index(),
                event(occurrence),
                edit.position(),
                new MessageEdited(
                        newest.conversation(),
                        newest.by(),
                        newest.target(),
                        newest.text(),
                        mentions,
                        newest.contentHash(),
                        newest.at()),
                null);
    }
}
