package chat.parley.projections.entry;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.projections.conversation.EntryReader;
import chat.parley.projections.conversation.Page;
import chat.parley.projections.conversation.PageSlot;
import chat.parley.projections.store.ReadModelStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bson.Document;

/**
 * Finds messages of any age by their client message ids. A database index with one key per message would cost more than
 * writing the message. Instead, the ids of a conversation are loaded at its first lookup, and only new ones later.
 */
final class SentMessageFinder {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final int PAGES_PER_READ = 256;

    private final Cache<Key, ClientMessageIdTable> conversations = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Key key, ClientMessageIdTable ids) -> ids.bytes())
            .build();

    private record Key(String generation, ConversationId conversation) {}

    /** Finds the message with this id up to this position, which the read model must include. */
    Optional<Located> find(
            ReadModelStore store, ConversationId conversation, UserId sender, ClientMessageId id, long head) {
        Key key = new Key(store.generation(), conversation);
        ClientMessageIdTable ids = conversations.get(key, any -> new ClientMessageIdTable());
        EntryReader reader = new EntryReader(store);
        synchronized (ids) {
            int bytes = ids.bytes();
            readUpTo(head, store, conversation, ids);
            if (ids.bytes() != bytes) {
                conversations.put(key, ids);
            }
            MessageSent[] found = new MessageSent[1];
            long position = ids.find(Page.sendKey(sender, id), candidate -> {
                found[0] = sent(reader, conversation, candidate);
                return found[0].by().equals(sender)
                        && found[0].clientMessageId().equals(id);
            });
            return position == 0 ? Optional.empty() : Optional.of(new Located(position, found[0]));
        }
    }

    private static MessageSent sent(EntryReader reader, ConversationId conversation, long position) {
        if (reader.event(conversation, position) instanceof MessageSent sent) {
            return sent;
        }
        throw new IllegalStateException("Position " + position + " of " + conversation + " is no message");
    }

    /** A message and its position. */
    record Located(long position, MessageSent message) {}

    private static void readUpTo(
            long head, ReadModelStore store, ConversationId conversation, ClientMessageIdTable ids) {
        while (ids.through() < head) {
            PageSlot first = PageSlot.of(ids.through() + 1);
            long last = Math.min(PageSlot.of(head).page(), first.page() + PAGES_PER_READ - 1);
            List<String> pageIds = LongStream.rangeClosed(first.page(), last)
                    .mapToObj(page -> PageSlot.pageId(conversation, page))
                    .toList();
            Map<String, Document> pages = ReadModelStore.small(store.pages(), pageIds, Page.ALL_SENDS);
            long end = Math.min(head, (last + 1) * PageSlot.PAGE_SIZE);
            long read = ids.through();
            for (long page = first.page(); page <= last; page++) {
                long start = page * PageSlot.PAGE_SIZE + 1;
                new Page(pages.get(PageSlot.pageId(conversation, page))).sends().forEach((slot, sent) -> {
                    long position = start + slot;
                    if (position > read && position <= end) {
                        ids.add(sent, position);
                    }
                });
            }
            ids.includesAllThrough(end);
        }
    }
}
