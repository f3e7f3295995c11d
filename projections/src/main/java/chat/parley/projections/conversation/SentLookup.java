package chat.parley.projections.conversation;

import chat.parley.api.account.UserId;
import chat.parley.api.conversation.ClientMessageId;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.api.conversation.ConversationId;
import chat.parley.projections.store.ReadModelStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.bson.Document;

/**
 * Finds messages by the ids their senders gave them, however old. No index of the database: one key per message costs
 * more than writing the message does. Instead the ids of a conversation that is asked about are read once, and from then
 * on only those that were added.
 */
final class SentLookup {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final int PAGES_PER_READ = 256;

    private final Cache<Key, SentIds> conversations = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Key key, SentIds ids) -> ids.bytes())
            .build();

    private record Key(String generation, ConversationId conversation) {}

    /** The message of this id up to this position, all of which must be in the read model. */
    Optional<Located> find(
            ReadModelStore store, ConversationId conversation, UserId sender, ClientMessageId id, long head) {
        Key key = new Key(store.generation(), conversation);
        SentIds ids = conversations.get(key, any -> new SentIds());
        EntryReader reader = new EntryReader(store);
        synchronized (ids) {
            int bytes = ids.bytes();
            readUpTo(head, store, conversation, ids);
            if (ids.bytes() != bytes) {
                conversations.put(key, ids);
            }
            MessageSent[] found = new MessageSent[1];
            long position = ids.find(sendKey(sender, id), candidate -> {
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

    /** A message and where it stands. */
    record Located(long position, MessageSent message) {}

    static String sendKey(MessageSent sent) {
        return sendKey(sent.by(), sent.clientMessageId());
    }

    private static String sendKey(UserId sender, ClientMessageId id) {
        return sender + ":" + id;
    }

    private static void readUpTo(long head, ReadModelStore store, ConversationId conversation, SentIds ids) {
        while (ids.through() < head) {
            PagePlace first = PagePlace.of(ids.through() + 1);
            long last = Math.min(PagePlace.of(head).page(), first.page() + PAGES_PER_READ - 1);
            List<String> pageIds = LongStream.rangeClosed(first.page(), last)
                    .mapToObj(page -> PagePlace.pageId(conversation, page))
                    .toList();
            Map<String, Document> pages = ReadModelStore.small(store.pages(), pageIds, Page.ALL_SENDS);
            long end = Math.min(head, (last + 1) * PagePlace.PAGE_SIZE);
            long read = ids.through();
            for (long page = first.page(); page <= last; page++) {
                long start = page * PagePlace.PAGE_SIZE + 1;
                new Page(pages.get(PagePlace.pageId(conversation, page)))
                        .sends()
                        .forEach((slot, sent) -> {
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
