package chat.parley.search.history.query;

import chat.parley.api.Refusal;
import chat.parley.api.Refused;
import chat.parley.api.conversation.ConversationId;
import chat.parley.api.conversation.Visibility;
import chat.parley.search.history.document.Fields;
import chat.parley.search.history.document.MessageDocument;
import chat.parley.search.history.engine.SearchEngine;
import chat.parley.search.history.permission.Permission;
import chat.parley.search.history.query.Page.Found;
import co.elastic.clients.elasticsearch.core.mget.MultiGetOperation;
import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import co.elastic.clients.elasticsearch.core.search.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Checks hits of a point in time against the present. Messages retracted since are left out, edited ones are shown with
 * their current text. A reader who searches past texts, or was not a member when the message was changed, sees the text
 * that was found, as long as an index contains it.
 */
final class HitVisibilityFilter {
    private final SearchEngine engine;
    private final SearchPlanner planner;
    private final IndexAliases aliases;

    HitVisibilityFilter(SearchEngine engine, SearchPlanner planner, IndexAliases aliases) {
        this.engine = engine;
        this.planner = planner;
        this.aliases = aliases;
    }

    List<Found> at(List<Hit<MessageDocument>> hits, boolean past, Permission permission) {
        if (hits.isEmpty()) {
            return List.of();
        }
        List<Candidate> candidates = hits.stream()
                .map(hit -> new Candidate(hit, past, visibility(hit, permission)))
                .toList();
        Map<Place, MessageDocument> documents =
                documents(candidates.stream().flatMap(this::places).toList());
        List<Found> found = new ArrayList<>();
        for (Candidate candidate : candidates) {
            places(candidate)
                    .map(documents::get)
                    .filter(document -> document != null && isShown(document, candidate, permission))
                    .findFirst()
                    .ifPresent(document -> found.add(new Found(document, highlights(candidate.hit(), document))));
        }
        return found;
    }

    private static Visibility visibility(Hit<MessageDocument> hit, Permission permission) {
        return permission.of(new ConversationId(source(hit).conversation()));
    }

    /** @param visibility the reader's, in the hit's conversation */
    private record Candidate(Hit<MessageDocument> hit, boolean past, Visibility visibility) {
        /** Whether the found text is shown even if it was changed since. */
        boolean isShownAsFound() {
            return past || !visibility.isUnbroken();
        }
    }

    /** The places where the text may be now: an edit or a retraction moves a current text to the past index. */
    private Stream<Place> places(Candidate candidate) {
        MessageDocument document = source(candidate.hit());
        String id = Objects.requireNonNull(candidate.hit().id());
        if (document.end() != null) {
            return Stream.of(new Place(aliases.past(), id));
        }
        Place standing = new Place(aliases.messages(), id);
        return candidate.isShownAsFound()
                ? Stream.of(standing, new Place(aliases.past(), id + ":" + document.version()))
                : Stream.of(standing);
    }

    private boolean isShown(MessageDocument document, Candidate candidate, Permission permission) {
        if (document.retracted() || document.text() == null) {
            return false;
        }
        if (!candidate.isShownAsFound()) {
            return true;
        }
        return document.version() == source(candidate.hit()).version()
                && (candidate.past() || stands(document, candidate.visibility(), permission));
    }

    /** Whether this is the reader's current text of the message. */
    private boolean stands(MessageDocument document, Visibility visibility, Permission permission) {
        if (document.endedBy() != null && visibility.sees(document.endedBy())) {
            return false;
        }
        return visibility.spans().size() == 1
                || document.endedBy() == null
                || planner.version(permission, new ConversationId(document.conversation()), document.position())
                        .equals(OptionalLong.of(document.version()));
    }

    private static List<String> highlights(Hit<MessageDocument> hit, MessageDocument document) {
        return document.version() == source(hit).version()
                ? hit.highlight().getOrDefault(Fields.TEXT, List.of())
                : List.of();
    }

    private static MessageDocument source(Hit<MessageDocument> hit) {
        return Objects.requireNonNull(hit.source());
    }

    /** Reads by id, so that documents that are not refreshed yet are included. */
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
