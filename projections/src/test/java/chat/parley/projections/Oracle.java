package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.DirectStarted;
import chat.parley.api.ConversationEvent.GroupRenamed;
import chat.parley.api.ConversationEvent.GroupStarted;
import chat.parley.api.ConversationEvent.JoinabilityChanged;
import chat.parley.api.ConversationEvent.MemberJoined;
import chat.parley.api.ConversationEvent.MemberLeft;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageRetracted;
import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.ConversationId;
import chat.parley.api.HistoryAccess;
import chat.parley.api.ReadMarkEvent;
import chat.parley.api.ReadMarkEvent.PreferencesChanged;
import chat.parley.api.ReadMarkEvent.ReadMarkMoved;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Sealed;
import chat.parley.api.UserId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** Who was a member before or after an entry sees it. */
    List<Long> visible(UserId user) {
        Set<Long> visible = new LinkedHashSet<>();
        Set<UserId> members = new HashSet<>();
        for (Occurrence occurrence : log) {
            boolean before = members.contains(user);
            changeMembers(members, event(occurrence));
            if (before || members.contains(user)) {
                visible.add(occurrence.position());
                if (isAll()) {
                    log.stream()
                            .map(Occurrence::position)
                            .filter(position -> position <= occurrence.position())
                            .forEach(visible::add);
                }
            }
        }
        return visible.stream().sorted().toList();
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

    private List<Occurrence> unreadMessages(UserId user) {
        List<Long> visible = visible(user);
        long read = readPosition(user);
        return log.stream()
                .filter(occurrence -> occurrence.payload() instanceof MessageSent sent
                        && !sent.by().equals(user)
                        && occurrence.position() > read
                        && visible.contains(occurrence.position()))
                .toList();
    }

    long unread(UserId user) {
        return unreadMessages(user).size();
    }

    long mentions(UserId user) {
        return unreadMessages(user).stream()
                .filter(occurrence ->
                        ((MessageSent) occurrence.payload()).mentions().contains(user))
                .count();
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

    /** As of the last position they see, unless anybody may know the present one. */
    @Nullable
    Sealed title(UserId user) {
        List<Long> visible = visible(user);
        long until = joinable() || members().contains(user) ? head() : visible.getLast();
        Sealed title = null;
        for (Occurrence occurrence : log.subList(0, (int) until)) {
            title = switch (event(occurrence)) {
                case GroupStarted started -> started.title();
                case GroupRenamed renamed -> renamed.title();
                default -> title;
            };
        }
        return title;
    }

    RecordedEntry entry(long position) {
        Occurrence occurrence = log.get((int) position - 1);
        Long retractedBy = retractedBy(position);
        if (event(occurrence) instanceof MessageEdited edit) {
            retractedBy = retractedBy(edit.target());
        }
        Occurrence edit = log.stream()
                .filter(later -> later.payload() instanceof MessageEdited edited && edited.target() == position)
                .reduce((one, other) -> other)
                .orElse(null);
        if (retractedBy != null) {
            return new RecordedEntry(
                    position,
                    occurrence.index(),
                    EntryText.replaced(event(occurrence), EntryText.NONE),
                    null,
                    null,
                    retractedBy);
        }
        return new RecordedEntry(
                position,
                occurrence.index(),
                event(occurrence),
                edit == null ? null : edit.position(),
                edit == null ? null : (MessageEdited) edit.payload(),
                null);
    }

    private @Nullable Long retractedBy(long position) {
        return log.stream()
                .filter(later ->
                        later.payload() instanceof MessageRetracted retracted && retracted.target() == position)
                .map(Occurrence::position)
                .findFirst()
                .orElse(null);
    }
}
