package chat.parley.projections;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationId;
import chat.parley.api.RecordedEntry;
import chat.parley.api.Visibility.Span;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** An entry's document and where it belongs. */
    record Located(ConversationId conversation, Document entry) {}

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
            long index = Docs.longOf(located.entry(), "i");
            if (index <= afterIndex) {
                continue;
            }
            if (index > throughIndex || entries.size() == limit || textsElsewhere >= MAX_TEXTS_ELSEWHERE) {
                break;
            }
            entries.add(located);
            textsElsewhere +=
                    EntryDocument.textIds(conversation, located.entry()).size();
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
        Map<String, Document> pages = pages(ids);
        List<Located> entries = new ArrayList<>();
        for (Span span : spans) {
            for (long position = span.from(); position <= span.to(); position++) {
                entries.add(located(conversation, position, pages));
            }
        }
        return entries;
    }

    Map<String, Document> pages(Set<String> ids) {
        return ReadModelStore.large(store.pages(), ids);
    }

    static Located located(ConversationId conversation, long position, Map<String, Document> pages) {
        PagePlace place = PagePlace.of(position);
        Document page = pages.getOrDefault(place.pageId(conversation), new Document());
        Document entry = Docs.sub(Docs.sub(page, "e"), String.valueOf(place.slot()));
        if (entry.isEmpty()) {
            throw new IllegalStateException("There is no entry at position " + position + " of " + conversation);
        }
        return new Located(conversation, entry);
    }

    /** These entries with their large texts. */
    List<RecordedEntry> recorded(List<Located> entries) {
        Set<String> textIds = new LinkedHashSet<>();
        entries.forEach(located -> textIds.addAll(EntryDocument.textIds(located.conversation(), located.entry())));
        Map<String, Document> texts = textIds.isEmpty() ? Map.of() : ReadModelStore.large(store.texts(), textIds);
        return entries.stream()
                .map(located -> EntryDocument.read(located.conversation(), located.entry(), texts))
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
            Map<String, Document> firsts = ReadModelStore.small(store.pages(), ids, Projections.include("f"));
            for (long page = newest; page >= oldest; page--) {
                Document first = firsts.getOrDefault(PagePlace.pageId(conversation, page), new Document());
                if (Docs.longOf(first, "f") <= afterIndex) {
                    return page * PagePlace.PAGE_SIZE + 1;
                }
            }
            newest = oldest - 1;
            stride = Math.min(MAX_STRIDE, stride * 4);
        }
        return 1;
    }

    /** The event at this position, which must be there, without its text. */
    ConversationEvent eventWithoutText(ConversationId conversation, long position) {
        String pageId = PagePlace.of(position).pageId(conversation);
        Document entry = located(conversation, position, pages(Set.of(pageId))).entry();
        Map<String, Document> texts = EntryDocument.isEventElsewhere(entry)
                ? ReadModelStore.large(store.texts(), Set.of(PagePlace.textId(conversation, position)))
                : Map.of();
        return EntryDocument.eventWithoutText(conversation, entry, texts);
    }
}
