package chat.parley.projections.inbox;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.conversation.ChangeBlock;
import chat.parley.projections.conversation.Changes;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.Mention;
import chat.parley.projections.conversation.PagePlace;
import chat.parley.projections.store.ReadModelStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What these have not read, counted: messages of others that were said while they were members, and that read as said and
 * not as retracted for them.
 */
final class Unread {
    private final Changes changes;
    /** The edits that say whom a message mentions. */
    private final Map<String, ConversationEvent> edits;

    private Unread(Changes changes, Map<String, ConversationEvent> edits) {
        this.changes = changes;
        this.edits = edits;
    }

    static Unread of(List<MemberView> seats, ReadModelStore store) {
        Set<String> blocks = new HashSet<>();
        seats.forEach(seat -> changedSpans(seat)
                .forEach(span ->
                        blocks.addAll(ChangeBlock.idsOf(seat.conversation().id(), span.from(), span.to()))));
        Changes changes = Changes.read(store, blocks);
        Set<String> textIds = seats.stream()
                .flatMap(seat -> unreadMentions(seat)
                        .map(mention -> changes.mentioning(seat, mention.position()))
                        .flatMap(Optional::stream)
                        .map(edit -> textId(seat, edit)))
                .collect(Collectors.toSet());
        return new Unread(changes, new EntryReader(store).events(textIds));
    }

    /** Where something unread may have been edited or retracted. */
    private static List<Span> changedSpans(MemberView seat) {
        long changedThrough = seat.conversation().changedThrough();
        return seat.unreadSpans().stream()
                .filter(span -> span.from() <= changedThrough)
                .map(span -> new Span(span.from(), Math.min(span.to(), changedThrough)))
                .toList();
    }

    long messages(MemberView seat) {
        long retracted = changedSpans(seat).stream()
                .mapToLong(span -> changes.retracted(seat, span.from(), span.to()))
                .sum();
        return seat.unreadOrRetracted() - retracted;
    }

    /** Those of them that mention the user. */
    long mentions(MemberView seat) {
        return unreadMentions(seat)
                .filter(mention -> isMentioned(seat, mention))
                .count();
    }

    private static Stream<Mention> unreadMentions(MemberView seat) {
        return seat.mentions().stream()
                .filter(mention -> seat.unreadSpans().stream().anyMatch(span -> span.contains(mention.position())));
    }

    private boolean isMentioned(MemberView seat, Mention mention) {
        if (changes.reading(seat, mention.position()).isRetracted()) {
            return false;
        }
        return changes.mentioning(seat, mention.position())
                .map(edit -> edits.get(textId(seat, edit)) instanceof MessageEdited edited
                        && edited.mentions() != null
                        && edited.mentions().contains(seat.user()))
                .orElse(mention.sent());
    }

    private static String textId(MemberView seat, long position) {
        return PagePlace.textId(seat.conversation().id(), position);
    }
}
