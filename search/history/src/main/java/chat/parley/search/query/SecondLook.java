package chat.parley.search.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.search.SearchEngine;
import chat.parley.search.index.Fields;
import chat.parley.search.index.MessageDocument;
import chat.parley.search.query.Page.Found;
import co.elastic.clients.elasticsearch.core.mget.MultiGetOperation;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found at a point in time, as it stands at this moment: what was retracted since is left out, what was edited
 * is shown as it is now. Whoever looks into the past is shown the text that was found, for as long as any index has it.
 */
final class SecondLook {
    private final SearchEngine engine;
    private final Aliases aliases;

    SecondLook(SearchEngine engine, Aliases aliases) {
        this.engine = engine;
        this.aliases = aliases;
    }

    List<Found> at(List<Hit<MessageDocument>> hits, boolean past) {
        if (hits.isEmpty()) {
            return List.of();
        }
        Map<Place, MessageDocument> documents =
                documents(hits.stream().flatMap(hit -> places(hit, past)).toList());
        List<Found> found = new ArrayList<>();
        for (Hit<MessageDocument> hit : hits) {
            places(hit, past)
                    .map(documents::get)
                    .filter(document -> document != null && isShown(document, hit, past))
                    .findFirst()
                    .ifPresent(document -> found.add(new Found(document, highlights(hit, document))));
        }
        return found;
    }

    /** Where the text may be now: what stood is moved to the past by an edit or a retraction. */
    private Stream<Place> places(Hit<MessageDocument> hit, boolean past) {
        MessageDocument document = source(hit);
        String id = Objects.requireNonNull(hit.id());
        if (document.end() != null) {
            return Stream.of(new Place(aliases.past(), id));
        }
        Place standing = new Place(aliases.messages(), id);
        return past
                ? Stream.of(standing, new Place(aliases.past(), id + ":" + document.version()))
                : Stream.of(standing);
    }

    private static boolean isShown(MessageDocument document, Hit<MessageDocument> hit, boolean past) {
        return !document.retracted()
                && document.text() != null
                && (!past || document.version() == source(hit).version());
    }

    private static List<String> highlights(Hit<MessageDocument> hit, MessageDocument document) {
        return document.version() == source(hit).version()
                ? hit.highlight().getOrDefault(Fields.TEXT, List.of())
                : List.of();
    }

    private static MessageDocument source(Hit<MessageDocument> hit) {
        return Objects.requireNonNull(hit.source());
    }

    /** Also what has not been made searchable yet. */
    private Map<Place, MessageDocument> documents(List<Place> places) {
        List<MultiGetResponseItem<MessageDocument>> items = engine.ask(client -> client.mget(
                        request -> request.docs(
                                places.stream().map(Place::operation).toList()),
                        MessageDocument.class))
                .docs();
        Map<Place, MessageDocument> documents = new HashMap<>();
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            document(items.get(i)).ifPresent(document -> documents.put(place, document));
        }
        return documents;
    }

    private static Optional<MessageDocument> document(MultiGetResponseItem<MessageDocument> item) {
        if (item.isFailure()) {
            throw new Refused(Refusal.SEARCH_UNAVAILABLE);
        }
        return Optional.ofNullable(item.result().source());
    }

    private record Place(String index, String id) {
        MultiGetOperation operation() {
            return MultiGetOperation.of(get -> get.index(index).id(id));
        }
    }
}
