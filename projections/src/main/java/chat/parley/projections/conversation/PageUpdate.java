package chat.parley.projections.conversation;

import chat.parley.projections.store.DocumentUpdate;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/** The entries that a batch adds to one page: a single write. */
final class PageUpdate {
    private final String pageId;
    private final List<StoredEntry> added = new ArrayList<>();
    private final List<String> sends = new ArrayList<>();
    private int firstAdded = PageSlot.PAGE_SIZE;

    PageUpdate(String pageId) {
        this.pageId = pageId;
    }

    /**
     * Adds the page's next entry.
     *
     * @param sendKey empty if the entry is no message
     */
    void add(int slot, StoredEntry entry, String sendKey) {
        firstAdded = Math.min(firstAdded, slot);
        added.add(entry);
        sends.add(sendKey);
    }

    DocumentUpdate update() {
        Document set = new Document(Page.entriesFrom(firstAdded), EntryJson.of(added));
        if (sends.stream().anyMatch(key -> !key.isEmpty())) {
            set.put(Page.sendsFrom(firstAdded), Page.sends(sends));
        }
        if (firstAdded == 0) {
            set.putAll(Page.first(added.getFirst()));
        }
        return DocumentUpdate.set(pageId, set);
    }
}
