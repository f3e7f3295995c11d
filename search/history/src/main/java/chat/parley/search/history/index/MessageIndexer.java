package chat.parley.search.history.index;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationEvent;
import chat.parley.api.conversation.ConversationEvent.MessageEdited;
import chat.parley.api.conversation.ConversationEvent.MessageRetracted;
import chat.parley.api.conversation.ConversationEvent.MessageSent;
import chat.parley.search.history.document.DocumentKey;
import chat.parley.search.history.document.Documents;
import chat.parley.search.history.document.EventCounts;
import chat.parley.search.history.document.Generation;
import chat.parley.search.history.document.MessageKey;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.index.BulkWriter.Rejection;
import co.elastic.clients.elasticsearch.core.MgetResponse;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Updates the documents of one generation from events, which have to be in order per conversation.
 *
 * <p>A text that an edit or a retraction ends is written to the past index, or to the dead letters, before the
 * message's own document. So if a message's document has some version, all its earlier texts are stored, and a batch
 * repeated after a crash knows what remains to be done.
 *
 * <p>Events after a retraction are ignored, because a retraction is final. Older stores contain such events.
 */
public final class MessageIndexer {
    private final Generation generation;
    private final SearchEngine engine;
    private final BulkWriter bulk;
    private final DeadLetters letters;
    private final Documents documents;

    public MessageIndexer(
            Generation generation, SearchEngine engine, BulkWriter bulk, DeadLetters letters, Documents documents) {
        this.generation = generation;
        this.engine = engine;
        this.bulk = bulk;
        this.letters = letters;
        this.documents = documents;
    }

    /** Idempotent. */
    EventCounts write(List<MessageEvent> changes) {
        Map<MessageKey, ConversationEvent> known = new HashMap<>();
        Set<MessageKey> targets = new LinkedHashSet<>();
        for (MessageEvent change : changes) {
            known.put(new MessageKey(change.event().conversation(), change.position()), change.event());
            if (!(change.event() instanceof MessageSent)) {
                targets.add(change.place());
            }
        }
        Map<MessageKey, Long> parked = targets.isEmpty() ? Map.of() : letters.newestVersions(generation, targets);
        Documents ofBatch = documents.knowing(
                (conversation, position) -> Optional.ofNullable(known.get(new MessageKey(conversation, position))));
        Batch batch = new Batch(standing(targets, parked), ofBatch);
        changes.forEach(batch::add);

        park(bulk.write(generation, batch.past, ofBatch));
        List<Rejection> rejected = bulk.write(generation, batch.messages(), ofBatch);
        park(rejected);
        letters.supersede(generation, batch.written(parked.keySet(), rejected));
        return batch.tally;
    }

    private void park(List<Rejection> rejections) {
        letters.park(generation, rejections);
    }

    /** The version of each message, including versions that were rejected. */
    private Map<MessageKey, Long> standing(Collection<MessageKey> places, Map<MessageKey, Long> parked) {
        // Dead letters are read first; a document written in between has its version in the index.
        Map<MessageKey, Long> versions = new HashMap<>(parked);
        if (places.isEmpty()) {
            return versions;
        }
        List<MessageKey> asked = List.copyOf(places);
        MgetResponse<Void> answer = engine.attempt(client -> client.mget(
                get -> get.index(generation.messages())
                        .ids(asked.stream().map(MessageKey::id).toList())
                        .source(source -> source.fetch(false)),
                Void.class));
        for (int i = 0; i < asked.size(); i++) {
            MultiGetResponseItem<Void> item = answer.docs().get(i);
            if (item.isFailure()) {
                throw new Refused(Refusal.SEARCH_UNAVAILABLE);
            }
            if (item.result().found()) {
                versions.merge(asked.get(i), item.result().version(), Math::max);
            }
        }
        return versions;
    }

    /** The result of a batch: only the last version of each message, and every past text. */
    private static final class Batch {
        private final Map<MessageKey, Long> standing;
        private final Documents documents;
        final List<DocumentKey> past = new ArrayList<>();
        private final Map<MessageKey, Long> newest = new LinkedHashMap<>();
        private EventCounts tally = EventCounts.NONE;

        Batch(Map<MessageKey, Long> standing, Documents documents) {
            this.standing = standing;
            this.documents = documents;
        }

        void add(MessageEvent change) {
            MessageKey place = change.place();
            long entry = change.position();
            if (isAfterRetraction(place, entry)) {
                return;
            }
            switch (change.event()) {
                case MessageSent sent -> tally = tally.plus(new EventCounts(1, 0, 0));
                case MessageEdited edited -> {
                    tally = tally.plus(new EventCounts(0, 1, 0));
                    end(place, entry);
                }
                case MessageRetracted retracted -> {
                    tally = tally.plus(new EventCounts(0, 0, 1));
                    end(place, entry);
                }
                default -> throw new IllegalArgumentException("Not an event of a message");
            }
            standing.merge(place, entry, Math::max);
            newest.merge(place, entry, Math::max);
        }

        private boolean isAfterRetraction(MessageKey place, long entry) {
            long version = standing.getOrDefault(place, place.position());
            return place.position() < version && version < entry && documents.isRetraction(place, version);
        }

        private void end(MessageKey place, long entry) {
            long version = standing.getOrDefault(place, place.position());
            if (version < entry) {
                past.add(DocumentKey.past(place, version, entry));
            }
        }

        List<DocumentKey> messages() {
            return newest.entrySet().stream()
                    .map(message -> DocumentKey.message(message.getKey(), message.getValue()))
                    .toList();
        }

        Map<MessageKey, Long> written(Set<MessageKey> of, List<Rejection> rejected) {
            Map<MessageKey, Long> written = new HashMap<>(newest);
            written.keySet().retainAll(of);
            rejected.forEach(rejection -> written.remove(rejection.key().place()));
            return written;
        }
    }
}
