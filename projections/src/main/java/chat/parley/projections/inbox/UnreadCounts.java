package chat.parley.projections.inbox;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.Mention;
import chat.parley.projections.conversation.MessageChangeBlock;
import chat.parley.projections.conversation.MessageChanges;
import chat.parley.projections.conversation.PageSlot;
import chat.parley.projections.store.ReadModelStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts unread messages: those of others, sent during the user's membership and not retracted for the user. */
final class UnreadCounts {
    private final MessageChanges changes;
    /** Edits that have mentions. */
    private final Map<String, ConversationEvent> edits;

    private UnreadCounts(MessageChanges changes, Map<String, ConversationEvent> edits) {
        this.changes = changes;
        this.edits = edits;
    }

    static UnreadCounts of(List<MemberView> views, ReadModelStore store) {
        Set<String> blocks = new HashSet<>();
        views.forEach(view -> changedSpans(view)
                .forEach(span -> blocks.addAll(
                        MessageChangeBlock.idsOf(view.conversation().id(), span.from(), span.to()))));
        MessageChanges changes = MessageChanges.read(store, blocks);
        Set<String> textIds = views.stream()
                .flatMap(view -> unreadMentions(view)
                        .map(mention -> changes.mentioning(view, mention.position()))
                        .flatMap(Optional::stream)
                        .map(edit -> textId(view, edit)))
                .collect(Collectors.toSet());
        return new UnreadCounts(changes, new EntryReader(store).events(textIds));
    }

    /** Unread positions at which messages may have been edited or retracted. */
    private static List<Span> changedSpans(MemberView view) {
        long changedThrough = view.conversation().changedThrough();
        return view.unreadSpans().stream()
                .filter(span -> span.from() <= changedThrough)
                .map(span -> new Span(span.from(), Math.min(span.to(), changedThrough)))
                .toList();
    }

    long messages(MemberView view) {
        long retracted = changedSpans(view).stream()
                .mapToLong(span -> changes.retracted(view, span.from(), span.to()))
                .sum();
        return view.unreadOrRetracted() - retracted;
    }

    /** Number of unread messages that mention the user. */
    long mentions(MemberView view) {
        return unreadMentions(view)
                .filter(mention -> isMentioned(view, mention))
                .count();
    }

    private static Stream<Mention> unreadMentions(MemberView view) {
        return view.mentions().stream()
                .filter(mention -> view.unreadSpans().stream().anyMatch(span -> span.contains(mention.position())));
    }

    private boolean isMentioned(MemberView view, Mention mention) {
        if (changes.reading(view, mention.position()).isRetracted()) {
            return false;
        }
        return changes.mentioning(view, mention.position())
                .map(edit -> edits.get(textId(view, edit)) instanceof MessageEdited edited
                        && edited.mentions() != null
                        && edited.mentions().contains(view.user()))
                .orElse(mention.sent());
    }

    private static String textId(MemberView view, long position) {
        return PageSlot.textId(view.conversation().id(), position);
    }
}
