package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationId;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Visibility.Span;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.bson.Document;

/** Reads entries from their pages. */
final class EntryReader {
    private static final int FIRST_STRIDE = 1;
    private static final int MAX_STRIDE = 256;

    /** Of 100,000 characters each in Korean: some 7 MB. */
    private static final int MAX_TEXTS_ELSEWHERE = 16;

    private final ReadModelStore store;

    EntryReader(ReadModelStore store) {
        this.store = store;
    }

    /** An entry and where it belongs. */
    record Located(ConversationId conversation, StoredEntry entry) {}

    /** All of these positions, which must be there. */
    List<RecordedEntry> read(ConversationId conversation, List<Span> spans) {
        return recorded(located(conversation, spans));
    }

    /** Of these positions, which must be there, the first whose index is in this range, with a bounded size of texts. */
    List<RecordedEntry> read(
            ConversationId conversation, List<Span> spans, long afterIndex, long throughIndex, int limit) {
        List<Located> entries = new ArrayList<>();
        int textsElsewhere = 0;
        for (Located located : located(conversation, spans)) {
            long index = located.entry().index();
            if (index <= afterIndex) {
                continue;
            }
            if (index > throughIndex || entries.size() == limit || textsElsewhere >= MAX_TEXTS_ELSEWHERE) {
                break;
            }
            entries.add(located);
            textsElsewhere += located.entry().textIds(conversation).size();
        }
        return recorded(entries);
    }

    private List<Located> located(ConversationId conversation, List<Span> spans) {
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
                entries.add(located(conversation, position, pages));
            }
        }
        return entries;
    }

    Map<String, Page> pages(Set<String> ids) {
        return ReadModelStore.large(store.pages(), ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, page -> new Page(page.getValue())));
    }

    static Located located(ConversationId conversation, long position, Map<String, Page> pages) {
        PagePlace place = PagePlace.of(position);
        Page page = pages.get(place.pageId(conversation));
        StoredEntry entry = page == null ? null : page.entry(place.slot());
        if (entry == null) {
            throw new IllegalStateException("There is no entry at position " + position + " of " + conversation);
        }
        return new Located(conversation, entry);
    }

    /** These entries with their large texts. */
    List<RecordedEntry> recorded(List<Located> entries) {
        Set<String> textIds = new LinkedHashSet<>();
        entries.forEach(located -> textIds.addAll(located.entry().textIds(located.conversation())));
        Map<String, Document> texts = textIds.isEmpty() ? Map.of() : ReadModelStore.large(store.texts(), textIds);
        return entries.stream()
                .map(located -> located.entry().recorded(located.conversation(), texts))
                .toList();
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

    /** The event at this position, which must be there; its text may be missing. */
    ConversationEvent eventWithoutLargeText(ConversationId conversation, long position) {
        String pageId = PagePlace.of(position).pageId(conversation);
        StoredEntry entry =
                located(conversation, position, pages(Set.of(pageId))).entry();
        Map<String, Document> texts = entry.isEventElsewhere()
                ? ReadModelStore.large(store.texts(), Set.of(PagePlace.textId(conversation, position)))
                : Map.of();
        return entry.eventWithoutLargeText(conversation, texts);
    }
}
