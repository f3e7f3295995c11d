package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.RecordedEntry.Reactions;
import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.reaction.MessageReactions;
import chat.parley.projections.reaction.ReactionBlock;
import chat.parley.projections.store.EventJson;
import chat.parley.projections.store.ReadModelStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads entries from their pages, each as its reader may see it. */
public final class EntryReader {
    private static final int FIRST_STRIDE = 1;
    private static final int MAX_STRIDE = 256;

    /** With 100,000 Korean characters each, about 7 MB. */
    private static final int MAX_LARGE_TEXTS = 16;

    private final ReadModelStore store;
    private final Function<Set<String>, MessageChanges> changes;
    private final Function<Set<String>, MessageReactions> reactions;

    public EntryReader(ReadModelStore store) {
        this(store, blockIds -> MessageChanges.read(store, blockIds));
    }

    /** @param changes finds the changes in these blocks; those of an earlier moment are not stored */
    public EntryReader(ReadModelStore store, Function<Set<String>, MessageChanges> changes) {
        this(store, changes, blockIds -> MessageReactions.NONE);
    }

    private EntryReader(
            ReadModelStore store,
            Function<Set<String>, MessageChanges> changes,
            Function<Set<String>, MessageReactions> reactions) {
        this.store = store;
        this.changes = changes;
        this.reactions = reactions;
    }

    /** A reader whose messages have their reactions. */
    public static EntryReader withReactions(ReadModelStore store) {
        return new EntryReader(
                store,
                blockIds -> MessageChanges.read(store, blockIds),
                blockIds -> MessageReactions.read(store, blockIds));
    }

    /** An entry and its reader. */
    public record Located(EntryView view, StoredEntry entry) {
        private String textId(long position) {
            return PageSlot.textId(view.conversation().id(), position);
        }

        private boolean mayBeMessage() {
            return entry.isElsewhere() || entry.event() instanceof MessageSent;
        }

        private boolean mayBeChanged() {
            return mayBeMessage() && entry.subject() <= view.conversation().changedThrough();
        }

        private boolean mayHaveReactions() {
            return mayBeMessage() && entry.position() <= view.conversation().reactedThrough();
        }

        private String reactionBlock() {
            return ReactionBlock.idOf(view.conversation().id(), entry.position());
        }
    }

    /** Reads all of these positions, which must exist. */
    public List<RecordedEntry> read(EntryView view, List<Span> spans) {
        return recorded(located(view, spans));
    }

    /**
     * Reads the first of these positions, which must exist, whose index is in this range, up to a limit of text size.
     */
    public List<RecordedEntry> read(EntryView view, List<Span> spans, long afterIndex, long throughIndex, int limit) {
        List<Located> wanted = new ArrayList<>();
        for (Located located : located(view, spans)) {
            long index = located.entry().index();
            if (index > throughIndex || wanted.size() == limit) {
                break;
            }
            if (index > afterIndex) {
                wanted.add(located);
            }
        }
        MessageChanges changes = changes(wanted);
        int few = 0;
        for (int largeTexts = 0; few < wanted.size() && largeTexts < MAX_LARGE_TEXTS; few++) {
            largeTexts += hasLargeText(wanted.get(few), changes) ? 1 : 0;
        }
        return recorded(wanted.subList(0, few), changes);
    }

    private static boolean hasLargeText(Located located, MessageChanges changes) {
        Reading reading = changes.reading(located.view(), located.entry().subject());
        return located.entry().large()
                || changes.of(located.view(), located.entry().subject()).stream()
                        .anyMatch(change ->
                                change.large() && reading.edit() != null && change.position() == reading.edit());
    }

    private List<Located> located(EntryView view, List<Span> spans) {
        ConversationId conversation = view.conversation().id();
        Set<String> ids = new LinkedHashSet<>();
        for (Span span : spans) {
            LongStream.rangeClosed(
                            PageSlot.of(span.from()).page(),
                            PageSlot.of(span.to()).page())
                    .forEach(page -> ids.add(PageSlot.pageId(conversation, page)));
        }
        Map<String, Page> pages = pages(ids);
        List<Located> entries = new ArrayList<>();
        for (Span span : spans) {
            for (long position = span.from(); position <= span.to(); position++) {
                entries.add(new Located(view, entry(conversation, position, pages)));
            }
        }
        return entries;
    }

    public Map<String, Page> pages(Set<String> ids) {
        return ReadModelStore.large(store.pages(), ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, page -> new Page(page.getValue())));
    }

    public static StoredEntry entry(ConversationId conversation, long position, Map<String, Page> pages) {
        PageSlot place = PageSlot.of(position);
        Page page = pages.get(place.pageId(conversation));
        StoredEntry entry = page == null ? null : page.entry(place.slot());
        if (entry == null) {
            throw new IllegalStateException("There is no entry at position " + position + " of " + conversation);
        }
        return entry;
    }

    public List<RecordedEntry> recorded(List<Located> entries) {
        return recorded(entries, changes(entries));
    }

    private MessageChanges changes(List<Located> entries) {
        return changes.apply(entries.stream()
                .filter(Located::mayBeChanged)
                .map(located -> MessageChangeBlock.idOf(
                        located.view().conversation().id(), located.entry().subject()))
                .collect(Collectors.toSet()));
    }

    /**
     * An entry and the changes that apply to it.
     *
     * @param retraction the visible retraction of the message; null if there is none
     * @param edit       the visible edit whose text replaces the message's; null if there is none
     * @param mentioning the edit whose mentions replace the message's; null if there is none
     */
    private record Resolved(
            Located located,
            @Nullable Long retraction,
            @Nullable Long edit,
            @Nullable Long mentioning) {
        static Resolved of(Located located, MessageChanges changes) {
            long subject = located.entry().subject();
            Reading reading = changes.reading(located.view(), subject);
            boolean isEdited = located.entry().target() == null && reading.edit() != null;
            return new Resolved(
                    located,
                    reading.retraction(),
                    isEdited ? reading.edit() : null,
                    isEdited ? changes.mentioning(located.view(), subject).orElse(null) : null);
        }

        /** The {@code _id}s of the events outside their pages that are needed. */
        private Set<String> textIds() {
            Set<String> ids = new LinkedHashSet<>();
            if (located.entry().isElsewhere()) {
                ids.add(located.textId(located.entry().position()));
            }
            if (edit != null) {
                ids.add(located.textId(edit));
            }
            if (mentioning != null) {
                ids.add(located.textId(mentioning));
            }
            return ids;
        }

        /** A retracted message has none. */
        private List<Reactions> reactions(MessageReactions reacted) {
            return retraction == null && located.mayHaveReactions()
                    ? reacted.of(
                            located.view().visibility(),
                            located.view().conversation().id(),
                            located.entry().position())
                    : List.of();
        }

        private RecordedEntry recorded(Map<String, ConversationEvent> events) {
            StoredEntry entry = located.entry();
            ConversationEvent event = entry.event() == null ? event(entry.position(), events) : entry.event();
            if (retraction != null) {
                return RecordedEntry.retracted(entry.position(), entry.index(), event, retraction);
            }
            return edit == null
                    ? RecordedEntry.of(entry.position(), entry.index(), event)
                    : RecordedEntry.edited(
                            entry.position(),
                            entry.index(),
                            (MessageSent) event,
                            edit,
                            edit(edit, events),
                            mentioning == null ? null : edit(mentioning, events).mentions());
        }

        private MessageEdited edit(long position, Map<String, ConversationEvent> events) {
            return (MessageEdited) event(position, events);
        }

        private ConversationEvent event(long position, Map<String, ConversationEvent> events) {
            ConversationEvent event = events.get(located.textId(position));
            if (event == null) {
                throw new IllegalStateException("The event of " + located.textId(position) + " is missing");
            }
            return event;
        }
    }

    private List<RecordedEntry> recorded(List<Located> entries, MessageChanges changes) {
        List<Resolved> resolved =
                entries.stream().map(located -> Resolved.of(located, changes)).toList();
        Map<String, ConversationEvent> events = events(
                resolved.stream().flatMap(entry -> entry.textIds().stream()).collect(Collectors.toSet()));
        MessageReactions reacted = reactions.apply(entries.stream()
                .filter(Located::mayHaveReactions)
                .map(Located::reactionBlock)
                .collect(Collectors.toSet()));
        return resolved.stream()
                .map(entry -> entry.recorded(events).with(entry.reactions(reacted)))
                .toList();
    }

    /** Reads events that are stored outside their pages. */
    public Map<String, ConversationEvent> events(Set<String> textIds) {
        if (textIds.isEmpty()) {
            return Map.of();
        }
        return ReadModelStore.large(store.texts(), textIds).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        text -> EventJson.event(text.getValue().getString("j"))));
    }

    /**
     * A position at or shortly before the first entry after this index, where a search for entries starts. Searches
     * backwards from the end in growing steps, because missed entries are mostly recent.
     */
    public long startOfPageWith(ConversationId conversation, long afterIndex, long end) {
        long newest = PageSlot.of(end).page();
        int stride = FIRST_STRIDE;
        while (newest > 0) {
            long oldest = Math.max(0, newest - stride + 1);
            List<String> ids = LongStream.rangeClosed(oldest, newest)
                    .mapToObj(page -> PageSlot.pageId(conversation, page))
                    .toList();
            Map<String, Document> firsts = ReadModelStore.small(store.pages(), ids, Page.FIRST_INDEXES);
            for (long page = newest; page >= oldest; page--) {
                if (new Page(firsts.get(PageSlot.pageId(conversation, page))).firstIndex() <= afterIndex) {
                    return page * PageSlot.PAGE_SIZE + 1;
                }
            }
            newest = oldest - 1;
            stride = Math.min(MAX_STRIDE, stride * 4);
        }
        return 1;
    }

    /** The event at this position, which must exist. */
    public ConversationEvent event(ConversationId conversation, long position) {
        String pageId = PageSlot.of(position).pageId(conversation);
        StoredEntry entry = entry(conversation, position, pages(Set.of(pageId)));
        if (entry.event() != null) {
            return entry.event();
        }
        String textId = PageSlot.textId(conversation, position);
        ConversationEvent elsewhere = events(Set.of(textId)).get(textId);
        if (elsewhere == null) {
            throw new IllegalStateException("The event of " + textId + " is missing");
        }
        return elsewhere;
    }
}
