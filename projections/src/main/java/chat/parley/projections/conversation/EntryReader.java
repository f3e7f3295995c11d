package chat.parley.projections.conversation;

import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.RecordedEntry;
import chat.parley.api.conversation.Visibility.Reading;
import chat.parley.api.conversation.Visibility.Span;
import chat.parley.projections.inbox.MemberView;
import chat.parley.projections.store.EventJson;
import chat.parley.projections.store.ReadModelStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Reads entries from their pages, each as the user whose seat it is may read it. */
public final class EntryReader {
    private static final int FIRST_STRIDE = 1;
    private static final int MAX_STRIDE = 256;

    /** Of 100,000 characters each in Korean: some 7 MB. */
    private static final int MAX_LARGE_TEXTS = 16;

    private final ReadModelStore store;

    public EntryReader(ReadModelStore store) {
        this.store = store;
    }

    /** An entry and who reads it. */
    public record Located(MemberView seat, StoredEntry entry) {
        private String textId(long position) {
            return PagePlace.textId(seat.conversation().id(), position);
        }

        private boolean mayBeChanged() {
            boolean message = entry.isElsewhere() || entry.event() instanceof MessageSent;
            return message && entry.subject() <= seat.conversation().changedThrough();
        }
    }

    /** All of these positions, which must be there. */
    List<RecordedEntry> read(MemberView seat, List<Span> spans) {
        return recorded(located(seat, spans));
    }

    /** Of these positions, which must be there, the first whose index is in this range, with a bounded size of texts. */
    List<RecordedEntry> read(MemberView seat, List<Span> spans, long afterIndex, long throughIndex, int limit) {
        List<Located> wanted = new ArrayList<>();
        for (Located located : located(seat, spans)) {
            long index = located.entry().index();
            if (index > throughIndex || wanted.size() == limit) {
                break;
            }
            if (index > afterIndex) {
                wanted.add(located);
            }
        }
        Changes changes = changes(wanted);
        int few = 0;
        for (int largeTexts = 0; few < wanted.size() && largeTexts < MAX_LARGE_TEXTS; few++) {
            largeTexts += hasLargeText(wanted.get(few), changes) ? 1 : 0;
        }
        return recorded(wanted.subList(0, few), changes);
    }

    private static boolean hasLargeText(Located located, Changes changes) {
        Reading reading = changes.reading(located.seat(), located.entry().subject());
        return located.entry().large()
                || changes.of(located.seat(), located.entry().subject()).stream()
                        .anyMatch(change ->
                                change.large() && reading.edit() != null && change.position() == reading.edit());
    }

    private List<Located> located(MemberView seat, List<Span> spans) {
        ConversationId conversation = seat.conversation().id();
        Set<String> ids = new LinkedHashSet<>();
        for (Span span : spans) {
            LongStream.rangeClosed(
                            PagePlace.of(span.from()).page(),
                            PagePlace.of(span.to()).page())
                    .forEach(page -> ids.add(PagePlace.pageId(conversation, page)));
        }
        Map<String, Page> pages = pages(ids);
        List<Located> entries = new ArrayList<>();
        for (Span span : spans) {
            for (long position = span.from(); position <= span.to(); position++) {
                entries.add(new Located(seat, entry(conversation, position, pages)));
            }
        }
        return entries;
    }

    public Map<String, Page> pages(Set<String> ids) {
        return ReadModelStore.large(store.pages(), ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, page -> new Page(page.getValue())));
    }

    public static StoredEntry entry(ConversationId conversation, long position, Map<String, Page> pages) {
        PagePlace place = PagePlace.of(position);
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

    private Changes changes(List<Located> entries) {
        return Changes.read(
                store,
                entries.stream()
                        .filter(Located::mayBeChanged)
                        .map(located -> ChangeBlock.idOf(
                                located.seat().conversation().id(),
                                located.entry().subject()))
                        .collect(Collectors.toSet()));
    }

    /**
     * An entry and what it is read with.
     *
     * @param retraction of the message, where this user sees one
     * @param edit       whose text a message has for this user
     * @param mentioning the edit that says whom it mentions
     */
    private record Resolved(
            Located located,
            @Nullable Long retraction,
            @Nullable Long edit,
            @Nullable Long mentioning) {
        static Resolved of(Located located, Changes changes) {
            long subject = located.entry().subject();
            Reading reading = changes.reading(located.seat(), subject);
            boolean isEdited = located.entry().target() == null && reading.edit() != null;
            return new Resolved(
                    located,
                    reading.retraction(),
                    isEdited ? reading.edit() : null,
                    isEdited ? changes.mentioning(located.seat(), subject).orElse(null) : null);
        }

        /** The {@code _id}s of the events beside the pages that it is made of. */
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

    private List<RecordedEntry> recorded(List<Located> entries, Changes changes) {
        List<Resolved> resolved =
                entries.stream().map(located -> Resolved.of(located, changes)).toList();
        Map<String, ConversationEvent> events = events(
                resolved.stream().flatMap(entry -> entry.textIds().stream()).collect(Collectors.toSet()));
        return resolved.stream().map(entry -> entry.recorded(events)).toList();
    }

    /** Events that are kept beside their pages. */
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
     * A position at or before the first one after this index, and close to it: entries are looked for from there. Walks
     * back from the end in growing strides, because what is missed is mostly recent.
     */
    long startOfPageWith(ConversationId conversation, long afterIndex, long end) {
        long newest = PagePlace.of(end).page();
        int stride = FIRST_STRIDE;
        while (newest > 0) {
            long oldest = Math.max(0, newest - stride + 1);
            List<String> ids = LongStream.rangeClosed(oldest, newest)
                    .mapToObj(page -> PagePlace.pageId(conversation, page))
                    .toList();
            Map<String, Document> firsts = ReadModelStore.small(store.pages(), ids, Page.FIRST_INDEXES);
            for (long page = newest; page >= oldest; page--) {
                if (new Page(firsts.get(PagePlace.pageId(conversation, page))).firstIndex() <= afterIndex) {
                    return page * PagePlace.PAGE_SIZE + 1;
                }
            }
            newest = oldest - 1;
            stride = Math.min(MAX_STRIDE, stride * 4);
        }
        return 1;
    }

    /** The event at this position, which must be there. */
    ConversationEvent event(ConversationId conversation, long position) {
        String pageId = PagePlace.of(position).pageId(conversation);
        StoredEntry entry = entry(conversation, position, pages(Set.of(pageId)));
        if (entry.event() != null) {
            return entry.event();
        }
        String textId = PagePlace.textId(conversation, position);
        ConversationEvent elsewhere = events(Set.of(textId)).get(textId);
        if (elsewhere == null) {
            throw new IllegalStateException("The event of " + textId + " is missing");
        }
        return elsewhere;
    }
}
