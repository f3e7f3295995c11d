package chat.parley.search.index;

import chat.parley.api.ConversationEvent;
import chat.parley.api.ConversationEvent.MessageEdited;
import chat.parley.api.ConversationEvent.MessageRetracted;
import chat.parley.api.ConversationEvent.MessageSent;
import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.SearchEngine;
import chat.parley.search.index.BulkWriter.Rejection;
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
 * Brings the documents of one generation up to date with events that follow each other in their conversations.
 *
 * <p>A text that an edit or a retraction puts an end to is written to the past, or parked, before the message itself: so a
 * message whose document is at some version has all its texts of before in the past, and a batch that comes again after a
 * crash knows what is left to do.
 *
 * <p>What changes a message after its retraction changes nothing here: retracted stays retracted. Events like that are in
 * stores of before, whose conversations forgot old retractions.
 */
final class MessageIndexer {
    private final Generation generation;
    private final SearchEngine engine;
    private final BulkWriter bulk;
    private final DeadLetters letters;
    private final Documents documents;

    MessageIndexer(
            Generation generation, SearchEngine engine, BulkWriter bulk, DeadLetters letters, Documents documents) {
        this.generation = generation;
        this.engine = engine;
        this.bulk = bulk;
        this.letters = letters;
        this.documents = documents;
    }

    /** Repeating events changes nothing. */
    Tally write(List<Change> changes) {
        Map<Place, ConversationEvent> known = new HashMap<>();
        Set<Place> targets = new LinkedHashSet<>();
        for (Change change : changes) {
            known.put(new Place(change.event().conversation(), change.position()), change.event());
            if (!(change.event() instanceof MessageSent)) {
                targets.add(change.place());
            }
        }
        Map<Place, Long> parked = targets.isEmpty() ? Map.of() : letters.newestVersions(generation, targets);
        Documents ofBatch = documents.knowing(
                (conversation, position) -> Optional.ofNullable(known.get(new Place(conversation, position))));
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

    /** The version at which each message stands, which may be one that was not taken. */
    private Map<Place, Long> standing(Collection<Place> places, Map<Place, Long> parked) {
        // What was parked is read first: a document that is written meanwhile is found by its version.
        Map<Place, Long> versions = new HashMap<>(parked);
        if (places.isEmpty()) {
            return versions;
        }
        List<Place> asked = List.copyOf(places);
        MgetResponse<Void> answer = engine.attempt(client -> client.mget(
                get -> get.index(generation.messages())
                        .ids(asked.stream().map(Place::id).toList())
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

    /** What a batch comes to: of each message the last version only, of the past every text. */
    private static final class Batch {
        private final Map<Place, Long> standing;
        private final Documents documents;
        final List<DocumentKey> past = new ArrayList<>();
        private final Map<Place, Long> newest = new LinkedHashMap<>();
        private Tally tally = Tally.NONE;

        Batch(Map<Place, Long> standing, Documents documents) {
            this.standing = standing;
            this.documents = documents;
        }

        void add(Change change) {
            Place place = change.place();
            long entry = change.position();
            if (isAfterRetraction(place, entry)) {
                return;
            }
            switch (change.event()) {
                case MessageSent sent -> tally = tally.plus(new Tally(1, 0, 0));
                case MessageEdited edited -> {
                    tally = tally.plus(new Tally(0, 1, 0));
                    end(place, entry);
                }
                case MessageRetracted retracted -> {
                    tally = tally.plus(new Tally(0, 0, 1));
                    end(place, entry);
                }
                default -> throw new IllegalArgumentException("Not an event of a message");
            }
            standing.merge(place, entry, Math::max);
            newest.merge(place, entry, Math::max);
        }

        private boolean isAfterRetraction(Place place, long entry) {
            long version = standing.getOrDefault(place, place.position());
            return place.position() < version && version < entry && documents.isRetraction(place, version);
        }

        private void end(Place place, long entry) {
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

        Map<Place, Long> written(Set<Place> of, List<Rejection> rejected) {
            Map<Place, Long> written = new HashMap<>(newest);
            written.keySet().retainAll(of);
            rejected.forEach(rejection -> written.remove(rejection.key().place()));
            return written;
        }
    }
}
